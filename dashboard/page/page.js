// The page: filters, key figures, sections with their figures.

const sections = [
    ['bestand', 'Boliger og ejerform', stockFigures], ['omsætning', 'Fraflytning', turnoverFigures], ['boligvarighed', 'Hvor længe de bliver', durationFigures],
    ['nybyggeri', 'Nye boliger', newBuildFigures], ['flytninger', 'Flytninger', moveFigures], ['profiler', 'Hvem flytter', profileFigures], ['flyttekæder', 'Flyttekæder', chainFigures],
    ['områder', 'Områder', areaFigures], ['byggeri', 'På vej', pipelineFigures], ['spørgsmål', 'Spørgsmål og svar', findingFigures], ['datakvalitet', 'Datakvalitet', qualityFigures],
    ['sammenligning', 'Sammenligning', compareFigures],
];

const years = tables.years.map((row) => row.year);
const wholeYears = tables.years.filter((row) => row.is_whole).map((row) => row.year);
const state = { year: wholeYears.at(-1) ?? years.at(-1), kind: 'all', area: 0, tenure: 'all' };
const figures = sections.flatMap(([, , list]) => list).map((figure) => makeFigure(figure));
const tiles = element('dl', { class: 'tiles', 'aria-label': 'Nøgletal for det valgte' });

function showFilters() {
    const kinds = [...groups(areas, (area) => area.area_kind).entries()].map(([kind, list]) => [kind, list[0].area_kind_label]);
    const inKind = areas.filter((area) => area.area_kind === state.kind).map((area) => [area.area, area.area_label]);
    const focused = document.activeElement?.id;
    document.getElementById('filters').replaceChildren(
        select('År', 'filter-år', [...years].reverse().map((year) => [year, wholeYears.includes(year) ? String(year) : `${year} (kun 1. januar)`]), state.year, (value) => change({ year: Number(value) })),
        select('Områdetype', 'filter-slags', kinds, state.kind, (value) => change({ kind: value, area: areas.find((area) => area.area_kind === value).area })),
        ...(inKind.length > 1 ? [select('Område', 'filter-område', inKind, state.area, (value) => change({ area: Number(value) }))] : []),
        select('Ejerform', 'filter-ejerform', codes('tenure').filter((code) => code !== 'hidden').map((code) => [code, label('tenure', code)]), state.tenure, (value) => change({ tenure: value })));
    if (focused) document.getElementById(focused)?.focus();
}

function showTiles() {
    const stock = sums(ofArea('stock', state).filter((row) => row.year === state.year), [], ['dwellings', 'vacant'])[0];
    const residents = sumOf(ofArea('residents', state).filter((row) => row.year === state.year), 'persons');
    const moved = (population) => sumOf(ofArea('moves', state).filter((row) => row.year === state.year && row.population === population), 'persons');
    const shown = [['Boliger 1. januar', stock?.dwellings ?? null, []], ['Heraf ledige', stock?.vacant ?? null, []], ['Beboere 1. januar', residents.persons, residents.hidden],
        ...['arrival', 'departure', 'internal_in'].map((population) => [label('population', population), moved(population).persons, moved(population).hidden])];
    tiles.replaceChildren(...shown.map(([name, value, hidden]) => element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, cellText({ value, hidden: hidden.length ? ['value'] : [] }, { field: 'value', digits: 0 })))));
}

function change(changes) {
    Object.assign(state, changes);
    showFilters();
    showTiles();
    document.getElementById('chosen').textContent = `Viser ${state.year}, ${areaOf(state).area_label}, ${tenureOf(state).toLowerCase()}.`;
    for (const figure of figures) {
        try {
            figure.render(state);
        } catch (error) { // the others are still worth seeing
            console.error(error);
        }
    }
}

function start() {
    document.getElementById('place').textContent = `i ${DATA.monitor[0].toUpperCase()}${DATA.monitor.slice(1).replace(/_/g, ' ')}`;
    document.getElementById('fresh').textContent = `${freshness()} Mindst ${number(tables.runs.at(-1).min_cell)} personer bag hvert vist antal.`;
    const main = document.getElementById('indhold');
    main.append(tiles);
    let next = 0;
    for (const [id, title, list] of sections) {
        document.getElementById('contents').append(element('li', {}, element('a', { href: `#${id}` }, title)));
        main.append(element('section', { 'aria-labelledby': id }, element('h2', { id }, title), element('div', { class: 'grid' }, ...list.map(() => figures[next++].card))));
    }
    change({});

    let width = main.clientWidth;
    let waiting;
    window.addEventListener('resize', () => {
        if (main.clientWidth === width) return;
        width = main.clientWidth;
        clearTimeout(waiting);
        waiting = setTimeout(() => change({}), 150);
    });
}

start();
