// The questions on a talk's own page. There is no socket here: the list is asked for now and then.
import { find } from "../../lib/dom.js";
import { Questions } from "./questions.js";

const root = find("[data-questions-of]");
if (root) new Questions(find("[data-questions]", root)).follow(Number(root.dataset.questionsOf));
