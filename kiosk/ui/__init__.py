"""The Kivy screens: no rules, only what people see and touch."""
