// On pages with any other quiz. There it takes the place of quiz.ts.
import { Clock } from "./components/quiz/clock";
import { quizzes } from "./components/quiz/quiz";
import { every } from "./components/quiz/types/every";

quizzes(every, Clock);
