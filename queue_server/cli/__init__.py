"""The sub-commands of motcua: each reads its arguments and hands over."""
