// The history of the test as this device keeps it, and a paper that is not handed in. What is in them is quiz.js's.

import { forgetInputs, kept } from "./device.js";
import { readHistory } from "./quiz.js";

/** By what name the device keeps the history. */
export const HISTORY = "quiz";
/** And the paper. */
export const PAPER = "test";

export const history = () => readHistory(kept(HISTORY));

export const forgetPaper = () => forgetInputs(PAPER, true);
