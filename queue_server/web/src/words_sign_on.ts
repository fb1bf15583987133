// The texts of the city's sign-on, for the page that imports this.
import texts from "../words/sign_on.json";
import { learn } from "./words";

learn(texts);
