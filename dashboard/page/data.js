// The data of the page, as byudv.dashboard_data() wrote them: tables of columns and rows, in which area is the number of a row of areas. Where a table has
// series, its measures are arrays over the years, and each year becomes a row; a row of nothing but what stands for no figure is left out.

const DATA = JSON.parse(document.getElementById('data').textContent);

const YEARS = DATA.tables.years.rows.map(([year]) => year);

function unpack({ columns, rows, series, absent }) {
    const named = (row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    if (series === undefined) return rows.map(named);
    return rows.flatMap((row) => YEARS.map((year, y) => ({ ...named(row.map((cell, i) => (i < series ? cell : cell[y]))), year })).filter((made) => columns.slice(series).some((measure) => made[measure] !== absent)));
}

const tables = Object.fromEntries(Object.entries(DATA.tables).map(([name, packed]) => [name, unpack(packed)]));

const areas = tables.areas;

// Codes with labels and order: label('tenure', 'social'), order('tenure', 'social'), codes('tenure')
const codeLists = {};
for (const { attribute, code, label, sort_order } of [...tables.codes, ...tables.attributes.map((row) => ({ attribute: 'attribute', code: row.attribute, label: row.attribute_label, sort_order: 0 }))]) (codeLists[attribute] ??= new Map()).set(code, { label, order: sort_order });
const label = (attribute, code) => codeLists[attribute]?.get(code)?.label ?? code;
const order = (attribute, code) => codeLists[attribute]?.get(code)?.order ?? 9998;
const byOrder = (attribute, field = attribute) => (a, b) => order(attribute, a[field]) - order(attribute, b[field]);
const codes = (attribute) => [...(codeLists[attribute]?.keys() ?? [])].sort((a, b) => order(attribute, a) - order(attribute, b));
// The labels of those codes that rows have, in their order
const labelsOf = (attribute, rows, field = attribute) => [...new Set(rows.map((row) => row[field]))].sort((a, b) => order(attribute, a) - order(attribute, b)).map((code) => label(attribute, code));

// The labels of rows' values, in the order in which rows have them
const valuesOf = (rows, field) => [...new Set(rows.map((row) => row[field]))];

const areaOf = (state) => areas[state.area];
const kindLabel = (kind) => areas.find((area) => area.area_kind === kind)?.area_kind_label ?? kind;
const tenureOf = (state) => (state.tenure === 'all' ? 'Alle ejerformer' : label('tenure', state.tenure));
const ofArea = (name, state) => (index.get(name) ?? index.set(name, groups(tables[name], (row) => row.area)).get(name)).get(state.area) ?? [];
const index = new Map();

function groups(rows, key) {
    const found = new Map();
    for (const row of rows) {
        const value = key(row);
        if (found.has(value)) found.get(value).push(row);
        else found.set(value, [row]);
    }
    return found;
}

// Adds measures up over all rows that have the same keys. What is suppressed, NULL or counted in hidden, adds nothing, and the sum is marked as without it.
// A sum of nothing but suppressed counts is none. Where the row of all suppressed cells together (tenure, item or place hidden) is among those that are added
// up, nothing is left out.
function sums(rows, keys, measures) {
    return [...groups(rows, (row) => keys.map((key) => row[key]).join('\t')).values()].map((same) => {
        const sum = Object.fromEntries(keys.map((key) => [key, same[0][key]]));
        const complete = same.some((row) => ['tenure', 'item', 'place'].some((key) => row[key] === 'hidden' && !keys.includes(key)) && row.persons > 0);
        sum.hidden = complete ? [] : measures.filter((measure) => same.some((row) => row[measure] === null || row.hidden > 0));
        for (const measure of measures) {
            sum[measure] = same.reduce((total, row) => total + (row[measure] ?? 0), 0);
            if (sum[measure] === 0 && sum.hidden.includes(measure)) sum[measure] = null;
        }
        return sum;
    });
}

const sumOf = (rows, measure) => sums(rows, [], [measure])[0] ?? { [measure]: 0, hidden: [] };
const percent = (part, whole) => (part === null || !whole ? null : (100 * part) / whole);
