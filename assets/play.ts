// On pages on which a role of a mock trial is played alone.
import { play } from "./components/play/play";

play();
