// The texts of users, publication, staff sheet and administration, for the pages that import this.
import texts from "../words/office.json";
import { learn } from "./words";

learn(texts);
