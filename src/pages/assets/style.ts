/** The one style sheet. Light and dark by the reader's system; one accent colour. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfbf9; --sheet: #ffffff; --ink: #1c2326; --quiet: #5c676c; --line: #dfe3e2;
  --accent: #0b6273; --accent-ink: #ffffff; --wash: #e8f1f2;
  --good: #1d6b3a; --warn: #8a5a00; --bad: #a32020;
  --good-wash: #e5f3ea; --warn-wash: #fbf1dc; --bad-wash: #fbe9e7; --calm-wash: #eceff0;
  --radius: 6px; --gap: 1rem;
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181a; --sheet: #1b2124; --ink: #e6eaeb; --quiet: #9aa6ab; --line: #313a3e;
    --accent: #6cc3d5; --accent-ink: #0c1a1e; --wash: #1f3035;
    --good: #7fd19c; --warn: #e6b85c; --bad: #f09a92;
    --good-wash: #1c3124; --warn-wash: #362b14; --bad-wash: #3a1f1d; --calm-wash: #262d30;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; top: 0; padding: .5rem 1rem; background: var(--sheet); z-index: 2; }
.skip:focus { left: .5rem; top: .5rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; padding: .5rem 1.25rem;
  background: var(--sheet); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: .5rem; font-weight: 650; letter-spacing: -.01em;
  color: var(--ink); text-decoration: none; }
.mark { width: .9rem; height: .9rem; border-radius: 3px; background: var(--accent); }
.menu { flex: 1 1 auto; min-width: 0; }
.menu ul { display: flex; flex-wrap: wrap; gap: .1rem .15rem; margin: 0; padding: 0; list-style: none; }
.menu a { display: block; padding: .35rem .6rem; border-radius: var(--radius); color: var(--quiet); text-decoration: none; }
.menu a:hover { color: var(--ink); background: var(--wash); }
.menu a[aria-current] { color: var(--ink); background: var(--wash); font-weight: 600; }
.session { display: flex; align-items: center; gap: .75rem; margin-left: auto; font-size: .9rem; }
.session form { margin: 0; }

main { max-width: 82rem; margin: 0 auto; padding: 1.25rem; }
.title { margin: .25rem 0 1.25rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; font-weight: 650; }
h2 { margin: 2rem 0 .6rem; font-size: 1.1rem; letter-spacing: -.01em; font-weight: 650; }
h3 { margin: 1.25rem 0 .4rem; font-size: 1rem; font-weight: 650; }
.lead { margin: .35rem 0 0; color: var(--quiet); max-width: 48rem; }
p { max-width: 48rem; }
.quiet-text, small { color: var(--quiet); }

.cards { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); margin: 0; padding: 0; list-style: none; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); padding: .9rem 1rem; }
a.card { color: inherit; text-decoration: none; display: block; }
a.card:hover { border-color: var(--accent); }
.card .number { font-size: 1.5rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }

.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-size: .82rem; font-weight: 600; color: var(--quiet); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover { background: var(--wash); }
td.amount, th.amount { text-align: right; white-space: nowrap; }
th a { color: inherit; text-decoration: none; } th a:hover { color: var(--ink); text-decoration: underline; } th[aria-sort] a { color: var(--ink); }
td.tight, th.tight { white-space: nowrap; width: 1%; }
td .reason { display: block; max-width: 34rem; }
td .fix { display: block; max-width: 34rem; color: var(--quiet); }
@media (max-width: 720px) {
  main { padding: 1rem .75rem; }
  .top { padding: .5rem .75rem; }
  table.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.stack tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  table.stack tbody tr:last-child { border-bottom: 0; }
  table.stack td, table.stack th[scope=row] { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem .75rem; border: 0; text-align: right; width: auto; }
  table.stack td::before, table.stack th[scope=row]::before { content: attr(data-label); color: var(--quiet); font-weight: 400; text-align: left; flex: none; }
  table.stack td.plain { display: block; text-align: left; }
  table.stack td.plain::before { content: none; }
}

.badge { display: inline-block; padding: .05rem .5rem; border-radius: 999px; font-size: .82rem; white-space: nowrap; background: var(--calm-wash); color: var(--ink); }
.badge.good { background: var(--good-wash); color: var(--good); }
.badge.warn { background: var(--warn-wash); color: var(--warn); }
.badge.bad { background: var(--bad-wash); color: var(--bad); }
.note { padding: .75rem 1rem; border-radius: var(--radius); border: 1px solid var(--line); background: var(--sheet); margin: 0 0 1rem; }
.note.good { border-color: var(--good); } .note.warn { border-color: var(--warn); } .note.bad { border-color: var(--bad); }
.empty { padding: 2.5rem 1rem; text-align: center; color: var(--quiet); }
.empty strong { display: block; color: var(--ink); font-weight: 600; }
.empty p { margin: .25rem auto 0; }

form.row { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem; margin: 0 0 1rem; }
label { display: block; font-size: .88rem; font-weight: 600; }
label > input:not([type=checkbox]):not([type=radio]), label > select, label > textarea { display: block; margin-top: .2rem; font-weight: 400; }
input, select, textarea, button { font: inherit; color: inherit; }
input:not([type=checkbox]):not([type=radio]), select, textarea { padding: .4rem .6rem; min-height: 2.3rem; max-width: 100%; border: 1px solid var(--quiet); border-radius: var(--radius); background: var(--sheet); }
textarea { width: 100%; min-height: 12rem; font: .87rem/1.5 ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; }
button, .button { display: inline-block; padding: .4rem .9rem; min-height: 2.3rem; border: 1px solid var(--accent); border-radius: var(--radius); background: var(--accent); color: var(--accent-ink); font-weight: 600; cursor: pointer; text-decoration: none; }
button.second, .button.second { background: transparent; color: var(--accent); }
button.danger { background: var(--bad); border-color: var(--bad); color: var(--sheet); }
button.quiet { padding: .2rem .4rem; min-height: 0; border: 0; background: none; color: var(--accent); font-weight: 400; text-decoration: underline; text-underline-offset: 2px; }
button:hover, .button:hover { filter: brightness(1.08); }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.narrow { max-width: 26rem; }
.narrow form { display: grid; gap: .9rem; }
pre, code { font: .87rem/1.5 ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; }
pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; overflow-x: visible; }
form.fields { display: grid; gap: 1.1rem; max-width: 44rem; }
form.fields input:not([type=checkbox]):not([type=radio]) { display: block; width: 100%; margin-top: .2rem; }
fieldset { margin: 0; padding: .6rem .9rem .8rem; min-width: 0; border: 1px solid var(--line); border-radius: var(--radius); }
fieldset fieldset { margin-top: .6rem; }
legend { padding: 0 .3rem; font-size: .88rem; font-weight: 600; }
.choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0 1rem; }
label.choice { display: flex; gap: .6rem; align-items: baseline; padding: .25rem 0; font-weight: 400; }
label.choice input { flex: none; } label.choice small { display: block; }
.below small { display: block; margin-top: .2rem; }
.problem { margin: .3rem 0; color: var(--bad); }
form.fields input[aria-invalid=true], fieldset[aria-invalid=true] { border-color: var(--bad); }
code.secret { overflow-wrap: anywhere; user-select: all; }
.actions.spaced { margin: 1.25rem 0; }
.actions.plan { align-items: end; margin: .6rem 0 1rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dl.facts dt { color: var(--quiet); } dl.facts dd { margin: 0; }
@media (max-width: 480px) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: .5rem; } }
.timeline { list-style: none; margin: 0; padding: 0 0 0 1.1rem; border-left: 2px solid var(--line); }
.timeline li { position: relative; padding: 0 0 1rem; }
.timeline li::before { content: ""; position: absolute; left: calc(-1.1rem - 6px); top: .45rem; width: 10px; height: 10px; border-radius: 50%; background: var(--accent); }
.pager { display: flex; gap: .75rem; margin: 1rem 0; }
.figure { margin: 0; padding: 1rem; }
.figure figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; margin-top: .5rem; color: var(--quiet); font-size: .88rem; font-variant-numeric: tabular-nums; }
.tabs ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 1rem; padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.tabs a { display: block; padding: .45rem .7rem; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.cases { display: grid; gap: .75rem; margin: 0; padding: 0; list-style: none; }
.case { padding: .9rem 1rem; min-width: 0; }
.case > p { margin: .35rem 0; max-width: none; }
.case-head { display: flex; flex-wrap: wrap; gap: .15rem 1rem; align-items: baseline; margin: 0; }
.case .actions { margin-top: .75rem; }
.case dl.facts + .actions { margin-top: 1rem; }
.case .reason, .case .fix { display: block; max-width: 56rem; } .fix { color: var(--quiet); }
.card.needs { border-left: 3px solid var(--accent); height: 100%; } .card.needs span { display: block; }
.stacked > * { display: block; } .break { overflow-wrap: anywhere; } .strong { font-weight: 600; }
.bulk { padding: .75rem 0; }
@media (min-width: 721px) { .bulk { position: sticky; bottom: 0; background: var(--ground); } }
.event { display: block; } .note form { display: inline; } .note .reason { display: block; }
.timeline .fix { display: block; max-width: 48rem; }
.box { display: inline-block; padding: .2rem; } .box input { width: 1.1rem; height: 1.1rem; }
pre.wrapped { white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .4rem 0; color: var(--accent); }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; } legend { padding: 0; font-size: .88rem; font-weight: 600; }
label.choice { display: inline-flex; align-items: center; gap: .35rem; margin: .2rem .9rem .2rem 0; font-weight: 400; }
form.try { display: grid; gap: .9rem; max-width: 48rem; margin: 1.25rem 0; } form.try small { font-weight: 400; } form.try input:not([type=checkbox]):not([type=radio]) { width: 100%; }
.contents { display: grid; gap: 1rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); padding: 1rem; font-size: .9rem; }
.contents .all { grid-column: 1 / -1; } .contents .all ul { columns: 11rem; } .case > h3 > code { font-size: 1rem; }
.contents ul { margin: .2rem 0 0; padding: 0; list-style: none; } .contents li { overflow-wrap: anywhere; }
.fields { margin: .35rem 0; padding: 0 0 0 .9rem; border-left: 2px solid var(--line); list-style: none; overflow-wrap: anywhere; }
.fields li { padding: .25rem 0; } .told { display: block; max-width: 48rem; }
h4 { margin: .9rem 0 .3rem; font-size: .88rem; font-weight: 650; color: var(--quiet); }
.case > h2, .case > h3 { margin: 0 0 .4rem; } .operation, .case { scroll-margin-top: 1rem; }
.problem { display: block; margin-top: .2rem; color: var(--bad); font-size: .88rem; } input[aria-invalid=true]:not([type=checkbox]):not([type=radio]) { border-color: var(--bad); }
table.stack td > select { min-width: 0; } .steps a:not([aria-current]) { color: var(--accent); } .field > input { display: block; margin-top: .2rem; }
.rates { grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
.tabs span { display: block; padding: .45rem .7rem; color: var(--quiet); }
fieldset.stacked > legend { display: block; } fieldset.grid { display: grid; gap: .9rem; } form.try .row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .5rem 0; }
form.try:has(table, .cases) { max-width: none; } form.try .row input:not([type=checkbox]):not([type=radio]) { width: auto; }
svg.chart { display: block; width: 100%; height: 7rem; }
svg.chart .bar { fill: var(--accent); } svg.chart .whole { fill: var(--accent); opacity: .35; } svg.chart .none { fill: var(--line); }
@media (prefers-reduced-motion: no-preference) { a, button { transition: background-color .12s, border-color .12s; } }
@media print {
  .top, .skip, form, .actions, .pager { display: none; }
  body { background: #fff; color: #000; } main { max-width: none; padding: 0; }
  .sheet, .card { border: 0; }
}
`;
