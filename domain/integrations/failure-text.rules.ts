const EMAIL = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;
/** Nine digits and more, however they are parted: numbers of people; days and years have fewer. */
const NUMBER = /\+?\d(?:[ ().-]{0,2}\d){8,}/g;
const QUOTED = /"[^"]*"|“[^”]*”|(?<!\w)'[^']*'(?!\w)/g;
/** Providers name the value that they refuse behind a colon, at times with a remark in brackets after it. */
const REFUSED_VALUE =
  /((?:too large|too long|too short|invalid|not valid|bad value|duplicate)\b[^:]{0,60}): .+?(?= \(|$)/gi;

/**
 * What went wrong without whom it is about: a message of a provider may repeat what was sent, and reports are kept and read by
 * others than the record.
 */
export const withoutPersons = (message: string): string =>
  message.replace(REFUSED_VALUE, '$1: …').replace(QUOTED, '…').replace(EMAIL, '…').replace(NUMBER, '…');
