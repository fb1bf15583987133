// The texts of the calling rules, for the pages that import this.
import texts from "../words/rules.json";
import { learn } from "./words";

learn(texts);
