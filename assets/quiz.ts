// On pages with a quiz.
import { quizzes } from "./components/quiz/quiz";

quizzes();
