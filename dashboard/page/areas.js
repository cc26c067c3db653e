// Figures of areas: the sheet of one area beside the municipality, and the map.

const measures = tables.measures.sort((a, b) => a.sort_order - b.sort_order);
const measureOf = (code) => measures.find((measure) => measure.measure === code);
const measureList = () => measures.map((measure) => [measure.measure, `${measure.measure_label}${measure.unit ? ` (${measure.unit})` : ''}`]);
const digitsOf = (rows) => (rows.some((row) => row.value !== null && !Number.isInteger(row.value)) ? 1 : 0);

const areaFigures = [{
    id: 'områdeark', title: 'Området ved siden af hele kommunen', wide: true,
    note: 'Vælg område i filteret øverst. Tabellen viser områdets nøgletal ved siden af hele kommunens. En bindestreg: tallet kendes ikke, eller for få personer står bag.',
    show(state) {
        const columns = [{ field: 'measure_label', label: 'Nøgletal' }, { field: 'unit', label: 'Enhed' }, { field: 'her', label: areaOf(state).area_label }, ...(state.area === 0 ? [] : [{ field: 'alle', label: areas[0].area_label }])];
        const valueOf = (area, measure) => ofArea('area_profile', { area }).find((row) => row.year === state.year && row.measure === measure)?.value ?? null;
        const rows = measures.map((measure) => ({ ...measure, here: valueOf(state.area, measure.measure), everywhere: valueOf(0, measure.measure) })).filter((row) => row.here !== null || row.everywhere !== null)
            .map((row) => ({ ...row, her: number(row.here, row.unit === '0 til 1' ? 3 : digitsOf([{ value: row.here }, { value: row.everywhere }])), alle: number(row.everywhere, row.unit === '0 til 1' ? 3 : digitsOf([{ value: row.here }, { value: row.everywhere }])) }));
        return { what: `${inYear(state)}.`, columns, rows, isTable: true };
    },
}, {
    id: 'områdetid', title: 'Et nøgletal over tid',
    note: 'Områdets tal og hele kommunens. Er de meget forskellige, skyldes det ofte, hvilke boliger området har.',
    options: { mål: { label: 'Nøgletal', list: measureList } },
    show(state, chosen) {
        const measure = measureOf(chosen.mål);
        const rows = (state.area === 0 ? [0] : [state.area, 0]).flatMap((area) => ofArea('area_profile', { area }).filter((row) => row.measure === chosen.mål).sort((a, b) => a.year - b.year)
            .map((row) => ({ år: String(row.year), sted: areas[area].area_label, value: row.value })));
        const columns = [{ field: 'år', label: 'År' }, { field: 'sted', label: 'Område' }, { field: 'value', label: measure?.measure_label ?? '', digits: digitsOf(rows) }];
        return { what: `${areaOf(state).area_label}.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'value', title: measure?.unit || measure?.measure_label, digits: digitsOf(rows), by: 'sted', columns, zero: false }) };
    },
}, {
    id: 'kort', title: 'Kort',
    note: 'Jo mørkere, jo højere tal. Tallet står i området. Hvide områder med en bindestreg har intet tal, eller for få personer står bag.',
    options: { slags: { label: 'Områdetype', list: () => [...new Set(tables.shapes.map((row) => areas[row.area].area_kind))].map((kind) => [kind, kindLabel(kind)]) }, mål: { label: 'Nøgletal', list: measureList } },
    show(state, chosen) {
        const measure = measureOf(chosen.mål);
        const values = new Map(tables.area_profile.filter((row) => row.measure === chosen.mål && row.year === state.year).map((row) => [row.area, row.value]));
        const rows = tables.shapes.filter((row) => areas[row.area].area_kind === chosen.slags).map((row) => ({ område: areas[row.area].area_label, value: values.get(row.area) ?? null, polygons: polygonsOf(parsed(row.shape)) }))
            .filter((row) => row.polygons.length > 0);
        const columns = [{ field: 'område', label: 'Område' }, { field: 'value', label: measure?.measure_label ?? '', digits: digitsOf(rows) }];
        return { what: `${kindLabel(chosen.slags)}, ${state.year}. ${measure?.measure_label ?? ''}${measure?.unit ? `, ${measure.unit}` : ''}.`, columns, rows, spec: rows.length === 0 ? undefined : mapChart(rows, columns), empty: 'Ingen områder har en form (GeoJSON) i tabellen area.' };
    },
}];

// What is no JSON is no shape
function parsed(shape) {
    try {
        return JSON.parse(shape);
    } catch {
        return {};
    }
}

// The polygons of any kind of GeoJSON
function polygonsOf(shape) {
    switch (shape?.type) {
        case 'Polygon': return [shape.coordinates];
        case 'MultiPolygon': return shape.coordinates;
        case 'GeometryCollection': return shape.geometries.flatMap(polygonsOf);
        case 'Feature': return polygonsOf(shape.geometry);
        case 'FeatureCollection': return shape.features.flatMap(polygonsOf);
        default: return [];
    }
}

// Degrees become lengths by the cosine of the latitude, which is enough for a municipality; what is in metres already stays as it is.
// A plane has no inside and outside of an outline, as a sphere has, so it does not matter which way round the outlines run.
function mapChart(rows, columns) {
    const points = [];
    const eachPoint = (list, use) => (typeof list[0] === 'number' ? use(list) : list.map((part) => eachPoint(part, use)));
    for (const row of rows) eachPoint(row.polygons, (point) => points.push(point));
    const middle = points.reduce((total, point) => total + point[1], 0) / points.length;
    const squeezed = Math.abs(middle) <= 90 ? Math.cos((middle * Math.PI) / 180) : 1;
    const flat = ([lon, lat]) => [lon * squeezed, lat];
    const town = rows[0].område.split(' ')[0]; // said by every name, so by none
    const shortName = (name) => (rows.length > 1 && rows.every((row) => row.område.startsWith(`${town} `)) ? name.slice(town.length + 1) : name);
    const features = rows.map((row) => {
        const plane = eachPoint(row.polygons, flat);
        return { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: plane }, område: row.område, value: row.value, text: [shortName(row.område), number(row.value, columns[1].digits)], ...centre(plane) };
    });
    const projection = { type: 'identity', reflectY: true };
    return { height: 420, projection, data: { values: features }, layer: [
        { mark: { type: 'geoshape', stroke: '#1b1f24', strokeWidth: 1 }, encoding: { color: { condition: { test: "!isValid(datum['value'])", value: '#ffffff' }, field: 'value', type: 'quantitative', scale: { range: ['#f2f7fc', '#6baed6'], zero: false },
            legend: { format: format(columns[1].digits), gradientLength: 160, title: null } }, tooltip: tooltip(columns) } },
        { mark: { type: 'text', fontSize: 11, fontWeight: 600, stroke: null }, encoding: { longitude: { field: 'x' }, latitude: { field: 'y' }, text: { field: 'text' }, color: { value: '#1b1f24' } } },
    ] };
}

// The middle of the largest polygon, where its label goes
function centre(polygons) {
    const measured = polygons.map(([outline]) => {
        let [area, x, y] = [0, 0, 0];
        for (let i = 1; i < outline.length; i++) {
            const cross = outline[i - 1][0] * outline[i][1] - outline[i][0] * outline[i - 1][1];
            area += cross;
            x += (outline[i - 1][0] + outline[i][0]) * cross;
            y += (outline[i - 1][1] + outline[i][1]) * cross;
        }
        return { size: Math.abs(area), x: x / (3 * area), y: y / (3 * area) };
    });
    return measured.sort((a, b) => b.size - a.size)[0];
}
