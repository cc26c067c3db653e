// Figures of dwellings: stock, tenure before and after correction, turnover, and how long people stay.

const NORMS = [['register', 'Registret'], ['dst', 'Danmarks Statistik'], ['corrected', 'Rettet']];

const overTime = (state) => `${areaOf(state).area_label}, 1. januar hvert år`;
const inYear = (state) => `${areaOf(state).area_label}, ${state.year}`;

const stockFigures = [{
    id: 'bestand-ejerform', title: 'Boliger efter ejerform',
    note: 'Hver linje er en ejerform, som byudv har rettet den. Brug filteret Ejerform for at se én alene. Boliger tælles 1. januar; fritidshuse er med, nedrevne er ikke.',
    show(state) {
        const columns = [{ field: 'år', label: 'År' }, { field: 'ejerform', label: 'Ejerform' }, { field: 'dwellings', label: 'Boliger', digits: 0 }, { field: 'vacant', label: 'Heraf ledige', digits: 0 }];
        const rows = sums(ofArea('stock', state).filter((row) => state.tenure === 'all' || row.tenure === state.tenure), ['year', 'tenure'], ['dwellings', 'vacant'])
            .sort((a, b) => byOrder('tenure')(a, b) || a.year - b.year).map((row) => ({ ...row, år: String(row.year), ejerform: label('tenure', row.tenure) }));
        return { what: `${overTime(state)}. ${tenureOf(state)}.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'dwellings', title: 'Boliger', by: 'ejerform', attribute: 'tenure', columns }) };
    },
}, {
    id: 'bestand-type', title: 'Boliger efter type og ejerform', wide: true,
    note: 'Længden er antallet af boliger. Tallet ved søjlen er det samme som i tabellen.',
    show(state) {
        const columns = [{ field: 'type', label: 'Boligtype' }, { field: 'ejerform', label: 'Ejerform' }, { field: 'dwellings', label: 'Boliger', digits: 0 }, { field: 'vacant', label: 'Heraf ledige', digits: 0 }];
        const rows = sums(ofArea('stock', state).filter((row) => row.year === state.year && (state.tenure === 'all' || row.tenure === state.tenure)), ['dwelling_type', 'tenure'], ['dwellings', 'vacant'])
            .sort((a, b) => byOrder('dwelling_type')(a, b) || byOrder('tenure')(a, b)).map((row) => ({ ...row, type: label('dwelling_type', row.dwelling_type), ejerform: label('tenure', row.tenure),
                bolig: `${label('dwelling_type', row.dwelling_type)}${BETWEEN}${label('tenure', row.tenure).toLowerCase()}` }));
        return { what: `${areaOf(state).area_label}, 1. januar ${state.year}. ${tenureOf(state)}.`, columns, rows, spec: barChart({ rows, y: 'bolig', x: 'dwellings', title: 'Boliger', columns }) };
    },
}, {
    id: 'ejerform-rettet', title: 'Ejerform før og efter rettelse',
    note: 'Tre søjler pr. ejerform: som ejerforholdskoden siger, som Danmarks Statistik læser den, og som byudv retter den efter ejerens navn, boligens art og afgørelser. Forskellen er fejl i registret.',
    show(state) {
        const columns = [{ field: 'ejerform', label: 'Ejerform' }, { field: 'udgave', label: 'Opgjort efter' }, { field: 'dwellings', label: 'Boliger', digits: 0 }];
        const rows = ofArea('stock_norm', state).filter((row) => row.year === state.year && (state.tenure === 'all' || row.tenure === state.tenure))
            .map((row) => ({ ...row, ejerform: label('tenure', row.tenure), udgave: new Map(NORMS).get(row.norm) }))
            .sort((a, b) => byOrder('tenure')(a, b) || NORMS.findIndex(([norm]) => norm === a.norm) - NORMS.findIndex(([norm]) => norm === b.norm));
        return { what: `${areaOf(state).area_label}, 1. januar ${state.year}. ${tenureOf(state)}.`, columns, rows,
            spec: barChart({ rows, y: 'ejerform', x: 'dwellings', title: 'Boliger', by: 'udgave', columns, labels: NORMS.map(([, text]) => text) }) };
    },
}, {
    id: 'ledige', title: 'Ledige boliger',
    note: 'Andelen af boligerne, som ingen var tilmeldt 1. januar. En ledig bolig kan være under udlejning, til salg, eller brugt af en, der er tilmeldt et andet sted.',
    show(state) {
        const columns = [{ field: 'år', label: 'År' }, { field: 'sted', label: 'Område' }, { field: 'share', label: 'Ledige, pct.', digits: 1 }, { field: 'vacant', label: 'Ledige boliger', digits: 0 }];
        const places = state.area === 0 ? [0] : [state.area, 0];
        const rows = places.flatMap((area) => sums(ofArea('stock', { area }).filter((row) => state.tenure === 'all' || row.tenure === state.tenure), ['year'], ['dwellings', 'vacant'])
            .sort((a, b) => a.year - b.year).map((row) => ({ ...row, år: String(row.year), sted: areas[area].area_label, share: percent(row.vacant, row.dwellings) })));
        return { what: `${overTime(state)}. ${tenureOf(state)}.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'share', title: 'Ledige, pct.', digits: 1, by: 'sted', columns }) };
    },
}];

const turnoverFigures = [{
    id: 'fraflytning', title: 'Fraflytninger pr. 100 boliger', wide: true,
    note: 'Punktet er, hvor mange husstande der flyttede ud pr. 100 boligår; stregen er 95 % usikkerhed. Overlapper to streger, kan forskellen være tilfældig. Der vises boligtyper med mindst 20 boligår.',
    show(state) {
        const columns = [{ field: 'bolig', label: 'Bolig' }, { field: 'byggeri', label: 'Byggeri' }, { field: 'per100', label: 'Fraflytninger pr. 100 boligår', digits: 1 }, { field: 'low', label: 'Fra', digits: 1 }, { field: 'high', label: 'Til', digits: 1 },
            { field: 'ends', label: 'Fraflytninger', digits: 0 }, { field: 'dwelling_years', label: 'Boligår', digits: 0 }];
        const rows = ofArea('turnover', state).filter((row) => row.year === state.year && (state.tenure === 'all' || row.tenure === state.tenure)).map((row) => ({ ...row,
            bolig: `${label('dwelling_type', row.dwelling_type)}${BETWEEN}${label('tenure', row.tenure).toLowerCase()}`, byggeri: label('new_build', row.new_build),
            per100: row.rate === null ? null : 100 * row.rate, low: row.lower === null ? null : 100 * row.lower, high: row.upper === null ? null : 100 * row.upper }))
            .sort((a, b) => byOrder('dwelling_type')(a, b) || byOrder('tenure')(a, b) || byOrder('new_build')(a, b));
        return { what: `${inYear(state)}. ${tenureOf(state)}.`, columns, rows, spec: limitChart({ rows, y: 'bolig', x: 'per100', lower: 'low', upper: 'high', title: 'Fraflytninger pr. 100 boligår', digits: 1, by: 'byggeri', columns, labels: labelsOf('new_build', rows) }) };
    },
}];

const STAYS = [['1', '1 år'], ['2', '2 år'], ['5', '5 år'], ['10', '10 år']];

const durationFigures = [{
    id: 'varighed', title: 'Hvor længe bliver de boende?', wide: true,
    note: 'Kurven er andelen, der stadig bor i boligen så mange år efter indflytningen (Kaplan-Meier, også med dem, der endnu bor der). Båndet er 95 % usikkerhed. Jo stejlere fald, jo hurtigere flytter de videre.',
    options: { gruppe: { label: 'Opdelt efter', value: 'tenure', list: () => [['tenure', 'Ejerform'], ['new_build', 'Nybyggeri'], ['origin_new', 'Tilflyttere og egne borgere i nybyggeri']].filter(([kind]) => tables.curve.some((row) => row.group_kind === kind)) } },
    show(state, chosen) {
        const columns = [{ field: 'group_label', label: 'Gruppe' }, { field: 'years', label: 'År efter indflytning', digits: 2 }, { field: 'share', label: 'Bor der stadig, pct.', digits: 1 }, { field: 'low', label: 'Fra', digits: 1 }, { field: 'high', label: 'Til', digits: 1 }];
        const rows = [...tables.curve].sort((a, b) => a.group_sort - b.group_sort || a.years - b.years).filter((row) => row.group_kind === chosen.gruppe && (chosen.gruppe !== 'tenure' || state.tenure === 'all' || row.group_code === state.tenure))
            .map((row) => ({ ...row, share: percent(row.survival, 1), low: percent(row.lower, 1), high: percent(row.upper, 1) }));
        return { what: `${areas[0].area_label}, hele perioden.${chosen.gruppe === 'tenure' ? ` ${tenureOf(state)}.` : ''}`, columns, rows,
            spec: lineChart({ rows, x: 'years', xTitle: 'År efter indflytning', y: 'share', title: 'Bor der stadig, pct.', digits: 0, by: 'group_label', attribute: chosen.gruppe === 'tenure' ? 'tenure' : '', lower: 'low', upper: 'high', columns, step: true }) };
    },
}, {
    id: 'bliver', title: 'Andel, der bliver boende', wide: true,
    note: 'Punktet er andelen, der bliver boende mindst så længe; stregen er 95 % usikkerhed. Gælder alle, der flyttede ind i perioden. En bindestreg i tabellen: for få personer eller for kort tid til at sige noget.',
    options: { år: { label: 'Mindst', value: '2', list: () => STAYS } },
    show(state, chosen) {
        const n = chosen.år;
        const columns = [{ field: 'ejerform', label: 'Ejerform' }, { field: 'byggeri', label: 'Byggeri' }, { field: 'share', label: `Bliver mindst ${n} år, pct.`, digits: 1 }, { field: 'low', label: 'Fra', digits: 1 }, { field: 'high', label: 'Til', digits: 1 },
            { field: 'median_years', label: 'Median, år', digits: 1 }];
        const rows = ofArea('duration', state).filter((row) => state.tenure === 'all' || row.tenure === 'all' || row.tenure === state.tenure)
            .map((row) => ({ ...row, ejerform: label('tenure', row.tenure), byggeri: label('new_build', row.new_build), share: percent(row[`stay_${n}`], 1), low: percent(row[`stay_${n}_lower`], 1), high: percent(row[`stay_${n}_upper`], 1) }))
            .sort((a, b) => byOrder('tenure')(a, b) || byOrder('new_build')(a, b));
        return { what: `${areaOf(state).area_label}, hele perioden. ${tenureOf(state)}.`, columns, rows, spec: limitChart({ rows, y: 'ejerform', x: 'share', lower: 'low', upper: 'high', title: `Bliver mindst ${n} år, pct.`, digits: 0, by: 'byggeri', columns, labels: labelsOf('new_build', rows) }) };
    },
}];
