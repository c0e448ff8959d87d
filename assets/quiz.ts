// On pages with quizzes of the most common types, without a time limit: most lessons.
import { quizzes } from "./components/quiz/quiz";
import { types } from "./components/quiz/types/types";

quizzes(types);
