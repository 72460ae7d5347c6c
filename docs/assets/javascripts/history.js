// The history of the test as this device keeps it. What is in it is quiz.js's.

import { kept } from "./device.js";
import { readHistory } from "./quiz.js";

/** By what name the device keeps it. */
export const HISTORY = "quiz";

export const history = () => readHistory(kept(HISTORY));
