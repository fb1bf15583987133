// The page that books in Khmer, beside what it shares with the page behind a slip; it needs native review.
import khmer from "../words/khmer_booking.json";
import { learnKhmer } from "./words";
import "./words_khmer";

learnKhmer(khmer.texts, khmer.names);
