// The page behind a slip in Khmer, for the page that imports this; it needs native review.
import khmer from "../words/khmer.json";
import { learnKhmer } from "./words";

learnKhmer(khmer.texts, khmer.names);
