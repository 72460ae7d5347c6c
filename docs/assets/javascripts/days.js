// Days as texts like 2026-11-28: the reader's own, and reckoning with them. Neither page nor device is known here.

/**
 * A day as the reader's clock has it.
 * @param {Date} time
 */
export function dayOf(time) {
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The reader's own day. */
export function today() {
  return dayOf(new Date());
}

/**
 * @param {string} day
 * @param {number} count
 */
export function daysAfter(day, count) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/**
 * Whether a text is a day that there is.
 * @param {unknown} day
 * @returns {day is string}
 */
export function isDay(day) {
  return typeof day === "string" && /^[12]\d{3}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && daysAfter(day, 0) === day;
}
