// Building blocks of charts. Colours are those of Okabe and Ito, which people with any kind of colour vision tell apart; no colour is the only sign:
// lines have dashes and point shapes, bars their place and a label.

const FONT = 'system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif';
const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#1b1f24', '#8c8c8c'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4], [4, 1], [1, 1]];
const LOCALE = { number: { decimal: ',', thousands: '.', grouping: [3], currency: ['', ' kr.'], minus: '-', percent: ' %' } };
const CONFIG = {
    background: null, font: FONT,
    axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', labelColor: '#1b1f24', titleColor: '#4a5460', gridColor: '#e3e6ea', domainColor: '#6b7683', tickColor: '#6b7683', labelLimit: 170 },
    legend: { orient: 'top', direction: 'horizontal', title: null, labelFontSize: 12, labelColor: '#1b1f24', labelLimit: 230, symbolSize: 110, symbolStrokeWidth: 0, symbolOpacity: 1 },
    view: { stroke: null }, text: { font: FONT, fontSize: 11, color: '#1b1f24' },
};
const narrow = () => document.documentElement.clientWidth < 640;
const format = (digits) => `,.${digits}f`;

// Colours by tenure are the same in all figures, whatever tenures a figure has.
const TENURES = ['owner', 'private_rental', 'social', 'cooperative', 'public', 'foundation', 'unknown'];
function coloursFor(labels, attribute) {
    if (attribute !== 'tenure') return labels.map((_, i) => PALETTE[i % PALETTE.length]);
    const known = new Map(codes('tenure').map((code) => [label('tenure', code), TENURES.indexOf(code)]));
    return labels.map((text) => PALETTE[(known.get(text) ?? -1) < 0 ? 7 : known.get(text)]);
}

const longest = (labels) => labels.reduce((most, text) => Math.max(most, text.length), 0);
// Labels of two parts, as dwelling type and tenure, go on two lines where there is little room.
const BETWEEN = ' · ';
const twoLines = (labels) => chartWidth < 700 && labels.some((text) => text.includes(BETWEEN));
const labelAxis = (labels, more) => ({ labelLimit: chartWidth * 0.42, ...(twoLines(labels) ? { labelExpr: `split(datum.label, '${BETWEEN}')`, labelFontSize: 11 } : {}), ...more });
const labelWidth = (labels) => Math.min(longest(labels) * 6.5, chartWidth * 0.42); // of the axis on the left
const legend = (labels, left) => (labels.length < 2 ? null : { columns: Math.max(1, Math.floor((chartWidth - left) / (longest(labels) * 7 + 30))) });
const signs = (field, labels, range, left = 60) => ({ field, type: 'nominal', sort: labels, scale: { domain: labels, range: labels.map((_, i) => range[i % range.length]) }, legend: legend(labels, left) });
const series = (field, labels, attribute, left) => signs(field, labels, coloursFor(labels, attribute), left);
// Years in their order, also where one line begins later than another; else the order of the rows
const inOrder = (values) => (values.every((value) => /^\d{4}/.test(value)) ? values.sort() : values);
const steps = (rows, field) => ({ field, type: 'ordinal', sort: inOrder(valuesOf(rows, field)), title: null, axis: { labelAngle: 0, labelOverlap: true } });
const amount = (field, title, digits = 0, more = {}) => ({ field, type: 'quantitative', title, axis: { format: format(digits), tickCount: 5, ...(digits === 0 ? { tickMinStep: 1 } : {}) }, ...more });
const tooltip = (columns) => columns.map(({ field, label: title, digits }) => (digits === undefined ? { field, type: 'nominal', title } : { field, type: 'quantitative', title, format: format(digits) }));
const known = (field) => ({ filter: `isValid(datum['${field}'])` });

// Lines over x, one for each label of by; limits as a band where lower and upper are given. Steps have points only at whole numbers.
function lineChart({ rows, x, y, title, digits = 0, by, attribute, lower, upper, columns, zero = true, xTitle, step }) {
    const labels = valuesOf(rows, by);
    const colour = series(by, labels, attribute);
    const across = typeof rows[0]?.[x] === 'number' && xTitle ? { field: x, type: 'quantitative', title: xTitle, axis: { format: format(0), tickMinStep: 1 } } : steps(rows, x);
    const scale = { zero };
    const interpolate = step ? 'step-after' : 'linear';
    const band = lower === undefined ? [] : [{ transform: [known(lower), known(upper)], mark: { type: 'area', opacity: 0.16, interpolate },
        encoding: { x: across, y: amount(lower, title, digits, { scale }), y2: { field: upper }, color: colour } }];
    return { height: 280, data: { values: rows }, layer: [...band,
        { transform: [known(y)], mark: { type: 'line', strokeWidth: 2, interpolate }, encoding: { x: across, y: amount(y, title, digits, { scale }), color: colour,
            ...(step ? {} : { strokeDash: signs(by, labels, DASHES) }) } },
        { transform: [known(y), { filter: `!${Boolean(step)} || datum['${x}'] % 1 === 0` }], mark: { type: 'point', filled: true, size: 45, opacity: 1 }, encoding: { x: across, y: amount(y, title, digits, { scale }), color: colour,
            shape: signs(by, labels, SHAPES), tooltip: tooltip(columns) } }] };
}

// Horizontal bars: a group for each label of y, in it a bar for each label of by, with its value beside it
function barChart({ rows, y, x, title, digits = 0, by, attribute, columns, labels: wanted }) {
    const labels = by ? wanted ?? valuesOf(rows, by) : [];
    const inGroup = Math.max(1, labels.length);
    const left = labelWidth(valuesOf(rows, y));
    const place = { y: { field: y, type: 'nominal', sort: valuesOf(rows, y), title: null, axis: labelAxis(valuesOf(rows, y)), ...(by ? { scale: { paddingInner: 0.25 } } : {}) },
        ...(by ? { yOffset: { field: by, type: 'nominal', sort: labels, scale: { domain: labels } } } : {}) };
    const most = rows.reduce((high, row) => Math.max(high, row[x] ?? 0), 0);
    const length = amount(x, title, digits, { scale: { domain: [0, most === 0 ? 1 : most * (1 + 40 / chartWidth + (narrow() ? 0.15 : 0.03))], nice: false } }); // room for the text
    return { height: valuesOf(rows, y).length * Math.max(inGroup * 15 + 10, twoLines(valuesOf(rows, y)) ? 32 : 0), data: { values: rows }, layer: [
        { transform: [known(x)], mark: { type: 'bar' }, encoding: { ...place, x: length, color: by ? series(by, labels, attribute, left) : { value: PALETTE[0] }, tooltip: tooltip(columns) } },
        { transform: [known(x)], mark: { type: 'text', align: 'left', dx: 3, fontSize: inGroup > 1 ? 10 : 11 }, encoding: { ...place, x: length, text: { field: x, type: 'quantitative', format: format(digits) } } },
        { transform: [{ filter: `!isValid(datum['${x}']) && length(datum.hidden || [])` }], mark: { type: 'text', align: 'left', dx: 3, fontStyle: 'italic', text: HIDDEN }, encoding: { ...place, x: { datum: 0, type: 'quantitative' } } },
    ] };
}

// Points with limits beside labels
function limitChart({ rows, y, x, lower, upper, title, digits, by, columns, labels = valuesOf(rows, by) }) {
    const left = labelWidth(valuesOf(rows, y));
    const place = { y: { field: y, type: 'nominal', sort: valuesOf(rows, y), title: null, axis: labelAxis(valuesOf(rows, y), { grid: true }) }, yOffset: { field: by, type: 'nominal', sort: labels, scale: { domain: labels } } };
    return { height: valuesOf(rows, y).length * Math.max(labels.length * 13 + 10, twoLines(valuesOf(rows, y)) ? 32 : 0), data: { values: rows }, layer: [
        { transform: [known(lower), known(upper)], mark: { type: 'rule', strokeWidth: 2 }, encoding: { ...place, x: amount(lower, title, digits, { scale: { zero: true } }), x2: { field: upper }, color: series(by, labels, '', left) } },
        { transform: [known(x)], mark: { type: 'point', filled: true, size: 70, opacity: 1 }, encoding: { ...place, x: amount(x, title, digits), color: series(by, labels, '', left),
            shape: signs(by, labels, SHAPES, left), tooltip: tooltip(columns) } },
    ] };
}
