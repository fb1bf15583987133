// The texts of the audit page, for the pages that import this.
import texts from "../words/audit.json";
import { learn } from "./words";

learn(texts);
