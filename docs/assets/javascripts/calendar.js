// The ninety days as a calendar's events from the day on which somebody starts, and as a file that every calendar opens
// (iCalendar, RFC 5545). Plain functions that know no page.

import { daysAfter } from "./days.js";

/**
 * @typedef {{ day?: number, week?: number, from?: string, to?: string, title: string }} Entry  a working day of the first
 *   week with its hours; a week as a whole; or a day from the start, with neither hours nor week
 * @typedef {{ date: string, from: string, to: string, title: string }} Event  without hours it takes the whole day
 */

/** @param {string} day */
const isWeekend = (day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/**
 * The first working day on or after a day; public holidays are the reader's to move.
 * @param {string} day
 */
function workingDay(day) {
  while (isWeekend(day)) day = daysAfter(day, 1);
  return day;
}

/**
 * @param {Entry[]} entries
 * @param {string} start
 * @returns {Event[]}
 */
export function events(entries, start) {
  return entries.map(({ day = 1, week, from = "", to = "", title }) => {
    if (week) return { date: workingDay(daysAfter(start, 7 * (week - 1))), from: "", to: "", title };
    if (!from) return { date: daysAfter(start, day - 1), from, to, title };
    let date = workingDay(start);
    for (let count = 1; count < day; count++) date = workingDay(daysAfter(date, 1));
    return { date, from, to, title };
  });
}

/**
 * @param {Event[]} all
 * @param {string} stamp  when it was made: 20261128T090000Z
 */
export function ics(all, stamp) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//playbook//ninety days//", "CALSCALE:GREGORIAN"];
  all.forEach(({ date, from, to, title }, number) => {
    const on = date.replaceAll("-", "");
    const at = (/** @type {string} */ hour) => `${on}T${hour.replace(":", "")}00`;
    lines.push("BEGIN:VEVENT", `UID:${on}-${number}@playbook.invalid`, `DTSTAMP:${stamp}`);
    if (from) lines.push(`DTSTART:${at(from)}`, `DTEND:${at(to)}`);
    else lines.push(`DTSTART;VALUE=DATE:${on}`, `DTEND;VALUE=DATE:${daysAfter(date, 1).replaceAll("-", "")}`);
    const said = title.split("\n").map((line) => line.trim().replace(/[\\;,]/g, "\\$&"));
    lines.push(`SUMMARY:${said.filter(Boolean).join("\\n")}`, "END:VEVENT");
  });
  return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/**
 * A line in pieces of at most 75 bytes, as the format asks for.
 * @param {string} line
 */
function folded(line) {
  const pieces = [""];
  let bytes = 0;
  for (const letter of line) {
    const more = new TextEncoder().encode(letter).length;
    if (bytes + more > 73) {
      pieces.push(" ");
      bytes = 1;
    }
    pieces[pieces.length - 1] += letter;
    bytes += more;
  }
  return pieces.join("\r\n");
}
