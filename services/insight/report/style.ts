/** Of the report: readable on a screen, on paper, and without colours. */
export const STYLE = `
:root { --ink: #0f172a; --text: #334155; --faint: #64748b; --line: #e2e8f0; --paper: #ffffff; --ground: #f1f5f9; --accent: #4f46e5; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
header { color: #fff; background: linear-gradient(120deg, #1e1b4b, #3730a3 55%, #0369a1); padding: 40px 24px 92px; }
header > * { max-width: 1072px; }
header > *, main, footer { margin-left: auto; margin-right: auto; }
main, footer { max-width: 1120px; }
.brand { margin-top: 0; margin-bottom: 22px; font-weight: 600; letter-spacing: .02em; opacity: .92; }
.brand .sep { opacity: .5; margin: 0 4px; font-weight: 400; }
.mark { display: inline-block; width: 14px; height: 14px; margin-right: 9px; border: 3.5px solid #a5b4fc; border-right-color: #38bdf8;
  border-radius: 50%; vertical-align: -2px; }
h1 { margin-top: 0; margin-bottom: 6px; font-size: 34px; line-height: 1.15; letter-spacing: -.02em; overflow-wrap: anywhere; }
.sub { margin-top: 0; margin-bottom: 18px; color: #dbeafe; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; list-style: none; }
.chip { padding: 3px 12px; border: 1px solid rgba(255,255,255,.35); border-radius: 99px; font-size: 13px; }
.chip.on { background: #fff; color: #312e81; border-color: #fff; font-weight: 600; }
main { padding: 0 24px; margin-top: -64px; }
.cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 16px; margin: 0 0 20px; }
.card, section { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 1px 2px rgba(15,23,42,.05), 0 6px 18px rgba(15,23,42,.05); }
.card { padding: 16px 18px; min-width: 0; }
.card dt { color: var(--faint); font-size: 13px; }
.card dd { margin: 4px 0 0; }
.card strong { display: block; color: var(--ink); font-size: 23px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
.card span { color: var(--faint); font-size: 13px; }
section { padding: 22px 24px 24px; margin-bottom: 20px; min-width: 0; }
h2 { margin: 0; color: var(--ink); font-size: 20px; letter-spacing: -.01em; }
h3 { margin: 4px 0 8px; color: var(--ink); font-size: 14px; }
.lead { margin: 2px 0 16px; color: var(--faint); max-width: 76ch; overflow-wrap: anywhere; }
figure { margin: 0 0 14px; }
figure svg { display: block; width: 100%; height: auto; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 20px; }
.split { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; align-items: start; }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); font-size: 12.5px; padding-bottom: 6px; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--faint); font-weight: 600; font-size: 12px; border-bottom: 2px solid var(--line); }
tbody th { min-width: 9.5em; color: var(--ink); font-weight: 500; overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; }
.text { text-align: left; }
.number { text-align: right; white-space: nowrap; }
td small { display: block; color: var(--faint); font-size: 11.5px; }
.step { display: inline-block; margin-right: 4px; white-space: nowrap; }
.step:not(:last-child)::after { content: "\\2192"; color: #94a3b8; margin-left: 5px; }
.step i { display: inline-block; width: 9px; height: 9px; border-radius: 3px; margin-right: 5px; }
details summary { cursor: pointer; color: var(--accent); font-size: 13.5px; }
details[open] summary { margin-bottom: 8px; }
.none { padding: 22px; text-align: center; color: var(--faint); background: var(--ground); border-radius: 10px; }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px 24px; margin: 0; }
.facts dt { color: var(--faint); font-size: 12.5px; }
.facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
footer { padding: 4px 24px 40px; color: var(--faint); font-size: 12.5px; overflow-wrap: anywhere; }
@media screen and (max-width: 860px) {
  .cards { grid-template-columns: 1fr 1fr; }
  .pair, .split { grid-template-columns: 1fr; }
  .facts { grid-template-columns: 1fr 1fr; }
  h1 { font-size: 27px; }
}
@page { size: A4; margin: 12mm; }
@media print {
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { background: #fff; font-size: 11px; }
  header { padding: 18px 18px 56px; border-radius: 10px; }
  h1 { font-size: 24px; }
  main, footer { padding: 0 6px; }
  main { margin-top: -44px; }
  .card, section { box-shadow: none; border-radius: 8px; }
  .cards { gap: 8px; margin-bottom: 10px; }
  .card { padding: 9px 11px; }
  .card strong { font-size: 16px; }
  section { padding: 12px 14px; margin-bottom: 10px; }
  figure, tr, .cards, h2, h3, .lead { break-inside: avoid; }
  h2, h3, .lead { break-after: avoid; }
  table { font-size: 10px; }
  caption, thead th, .lead, .sub, .card dt, .card span { font-size: 10px; }
  td small { font-size: 9px; }
  .chip { font-size: 10px; }
  h2 { font-size: 15px; }
  th, td { padding: 3px 5px; }
  details > summary { display: none; }
}
`;
