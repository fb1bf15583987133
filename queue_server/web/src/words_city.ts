// The texts of the city board, for the page that imports this.
import texts from "../words/city.json";
import { learn } from "./words";

learn(texts);
