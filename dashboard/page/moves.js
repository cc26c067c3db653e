// Figures of moves: new dwellings, moves over time, who moves, and the chains of moves that new dwellings start.

const ofTenure = (state) => (row) => state.tenure === 'all' || row.tenure === state.tenure;
const populationRows = (rows, wanted) => rows.filter((row) => wanted.includes(row.population));

const newBuildFigures = [{
    id: 'nybyggeri-hvem', title: 'Hvem flytter ind i nye boliger?',
    note: 'Personer, der flyttede ind i boliger, som er taget i brug i perioden: egne borgere, som boede i kommunen i forvejen, og tilflyttere.',
    show(state) {
        const columns = [{ field: 'år', label: 'År' }, { field: 'hvem', label: 'Hvem' }, { field: 'persons', label: 'Personer', digits: 0 }, { field: 'share', label: 'Andel, pct.', digits: 1 }];
        const all = sums(populationRows(ofArea('new_build', state), ['arrival', 'internal_in']).filter(ofTenure(state)), ['year', 'population'], ['persons']);
        const rows = all.sort((a, b) => a.year - b.year || byOrder('population')(a, b)).map((row) => ({ ...row, år: String(row.year), hvem: row.population === 'arrival' ? 'Tilflyttere' : 'Egne borgere',
            share: percent(row.persons, all.filter((other) => other.year === row.year).reduce((total, other) => total + (other.persons ?? 0), 0)) }));
        return { what: `${areaOf(state).area_label}, hvert år. ${tenureOf(state)}.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'persons', title: 'Personer', by: 'hvem', columns }) };
    },
}, {
    id: 'nybyggeri-alder', title: 'Alder på dem, der flytter ind i nye boliger',
    note: 'Hver aldersgruppes andel af tilflytterne og af de egne borgere, der flyttede ind i nye boliger. Søjlerne for hver gruppe giver tilsammen 100 %.',
    show(state) {
        const columns = [{ field: 'alder', label: 'Alder' }, { field: 'hvem', label: 'Hvem' }, { field: 'persons', label: 'Personer', digits: 0 }, { field: 'share', label: 'Andel, pct.', digits: 1 }];
        const all = sums(tables.new_build_age.filter((row) => row.year === state.year && ofTenure(state)(row)), ['population', 'item'], ['persons']);
        const rows = all.sort((a, b) => order('age_band', a.item) - order('age_band', b.item) || byOrder('population')(a, b)).map((row) => ({ ...row, alder: label('age_band', row.item), hvem: row.population === 'arrival' ? 'Tilflyttere' : 'Egne borgere',
            share: percent(row.persons, all.filter((other) => other.population === row.population).reduce((total, other) => total + (other.persons ?? 0), 0)) }));
        return { what: `${areas[0].area_label}, ${state.year}. ${tenureOf(state)}.`, columns, rows, spec: barChart({ rows, y: 'alder', x: 'share', title: 'Andel, pct.', digits: 0, by: 'hvem', columns }) };
    },
}, {
    id: 'nybyggeri-videre', title: 'Hvem flytter videre fra nye boliger?', wide: true,
    note: 'Andelen, der er flyttet videre så mange år efter, at de flyttede ind i en ny bolig, for tilflyttere og egne borgere. Stregen er 95 % usikkerhed.',
    options: { år: { label: 'Flyttet videre inden', value: '2', list: () => STAYS.filter(([years]) => tables.moved_on.some((row) => row[`moved_on_${years}`] !== undefined)) } },
    show(state, chosen) {
        const n = chosen.år;
        const columns = [{ field: 'ejerform', label: 'Ejerform' }, { field: 'hvem', label: 'Hvem' }, { field: 'share', label: `Flyttet videre inden ${n} år, pct.`, digits: 1 }, { field: 'low', label: 'Fra', digits: 1 }, { field: 'high', label: 'Til', digits: 1 }];
        const rows = tables.moved_on.filter((row) => row.origin !== 'all' && (state.tenure === 'all' || row.tenure === 'all' || row.tenure === state.tenure))
            .map((row) => ({ ...row, ejerform: label('tenure', row.tenure), hvem: row.origin_label, share: percent(row[`moved_on_${n}`], 1), low: percent(row[`moved_on_${n}_lower`], 1), high: percent(row[`moved_on_${n}_upper`], 1) }))
            .sort((a, b) => byOrder('tenure')(a, b) || b.origin.localeCompare(a.origin));
        return { what: `${areas[0].area_label}, hele perioden. ${tenureOf(state)}.`, columns, rows, spec: limitChart({ rows, y: 'ejerform', x: 'share', lower: 'low', upper: 'high', title: `Flyttet videre inden ${n} år, pct.`, digits: 0, by: 'hvem', columns }) };
    },
}];

const moveFigures = [{
    id: 'flytninger-år', title: 'Flytninger til, fra og inden for området',
    note: 'Personer, der flyttede over kommunegrænsen, og personer, der flyttede inden for kommunen, talt ved den bolig, de flyttede til. Ligger tilflyttere over fraflyttere, vokser området ved flytning.',
    show(state) {
        const columns = [{ field: 'år', label: 'År' }, { field: 'hvem', label: 'Hvem' }, { field: 'persons', label: 'Personer', digits: 0 }];
        const rows = sums(populationRows(ofArea('moves', state), ['arrival', 'departure', 'internal_in']).filter(ofTenure(state)), ['year', 'population'], ['persons'])
            .sort((a, b) => byOrder('population')(a, b) || a.year - b.year).map((row) => ({ ...row, år: String(row.year), hvem: label('population', row.population) }));
        return { what: `${areaOf(state).area_label}, hvert år. ${tenureOf(state)}.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'persons', title: 'Personer', by: 'hvem', columns }) };
    },
}, {
    id: 'flytninger-måned', title: 'Flytninger måned for måned',
    note: 'Hele kommunens flytninger i det valgte år efter måned. De fleste flytter om sommeren og ved studiestart.',
    show(state) {
        const columns = [{ field: 'måned', label: 'Måned' }, { field: 'hvem', label: 'Hvem' }, { field: 'persons', label: 'Personer', digits: 0 }];
        const rows = sums(populationRows(tables.moves_month, ['arrival', 'departure', 'internal_in']).filter((row) => row.year === state.year), ['population', 'month'], ['persons'])
            .sort((a, b) => byOrder('population')(a, b) || byOrder('month')(a, b)).map((row) => ({ ...row, måned: label('month', row.month).slice(0, 3), hvem: label('population', row.population) }));
        return { what: `${areas[0].area_label}, ${state.year}.`, columns, rows, spec: lineChart({ rows, x: 'måned', y: 'persons', title: 'Personer', by: 'hvem', columns }) };
    },
}, {
    id: 'flytninger-sted', title: 'Hvor kommer de fra, og hvor tager de hen?', wide: true,
    note: 'De kommuner, som flest flytter til eller fra, for hele kommunen i det valgte år. Resten er lagt sammen.',
    options: { retning: { label: 'Retning', value: 'arrival', list: () => [['arrival', 'Tilflyttere kommer fra'], ['departure', 'Fraflyttere tager til']] } },
    show(state, chosen) {
        const columns = [{ field: 'sted', label: 'Sted' }, { field: 'persons', label: 'Personer', digits: 0 }];
        const all = sums(tables.moves_place.filter((row) => row.year === state.year && row.population === chosen.retning), ['place', 'place_label'], ['persons']).sort((a, b) => (b.persons ?? -1) - (a.persons ?? -1) || a.place.localeCompare(b.place));
        const own = (row) => row.persons !== null && row.place !== 'hidden';
        const most = all.filter(own).slice(0, 12);
        const rest = sumOf(all.filter((row) => own(row) && !most.includes(row)), 'persons');
        const rows = [...most.map((row) => ({ ...row, sted: row.place_label })), ...(rest.persons ? [{ sted: 'Andre kommuner', persons: rest.persons, hidden: [] }] : []),
            ...all.filter((row) => row.place === 'hidden' && row.persons).map((row) => ({ ...row, sted: HIDDEN }))];
        return { what: `${areas[0].area_label}, ${state.year}.`, columns, rows, spec: barChart({ rows, y: 'sted', x: 'persons', title: 'Personer', columns }) };
    },
}];

const profileFigures = [{
    id: 'profil', title: 'Hvem flytter, og hvem bliver?', wide: true,
    note: 'Hver gruppe fylder 100 %. Sammenlign søjlerne for tilflyttere, fraflyttere og interne flyttere med dem, der blev boende. Celler med for få personer er lagt sammen under Diskretioneret.',
    options: { egenskab: { label: 'Efter', value: 'age_band', list: () => tables.attributes.map((row) => [row.attribute, row.attribute_label]) } },
    show(state, chosen) {
        const columns = [{ field: 'gruppe', label: label('attribute', chosen.egenskab) }, { field: 'hvem', label: 'Hvem' }, { field: 'share', label: 'Andel, pct.', digits: 1 }, { field: 'persons', label: 'Personer', digits: 0 }];
        const all = ofArea('profile', state).filter((row) => row.year === state.year && row.attribute === chosen.egenskab);
        const rows = sums(all, ['population', 'item'], ['persons']).map((row) => ({ ...row, gruppe: label(chosen.egenskab, row.item), hvem: label('population', row.population),
            share: percent(row.persons, sumOf(all.filter((other) => other.population === row.population), 'persons').persons) })).filter((row) => row.item !== 'hidden' || row.persons !== 0)
            .sort((a, b) => order(chosen.egenskab, a.item) - order(chosen.egenskab, b.item) || byOrder('population')(a, b));
        return { what: `${inYear(state)}.`, columns, rows, spec: barChart({ rows, y: 'gruppe', x: 'share', title: 'Andel, pct.', digits: 0, by: 'hvem', columns }) };
    },
}, {
    id: 'indkomst', title: 'Indkomst hos dem, der flytter og bliver', wide: true,
    note: 'Gennemsnitlig personlig indkomst blandt voksne, hvor mindst ti personer står bag tallet. En bindestreg: for få, eller ingen indkomst er indlæst for året.',
    show(state) {
        const columns = [{ field: 'år', label: 'År' }, { field: 'hvem', label: 'Hvem' }, { field: 'mean_income', label: 'Indkomst, kr.', digits: 0 }];
        const rows = ofArea('measure', state).filter((row) => row.mean_income !== null).sort((a, b) => byOrder('population')(a, b) || a.year - b.year)
            .map((row) => ({ ...row, år: String(row.year), hvem: label('population', row.population) }));
        return { what: `${areaOf(state).area_label}, hvert år.`, columns, rows, spec: lineChart({ rows, x: 'år', y: 'mean_income', title: 'Indkomst, kr.', by: 'hvem', columns, zero: false }) };
    },
}];

const chainFigures = [{
    id: 'kæder', title: 'Ledige boliger, som nye boliger sætter fri', wide: true,
    note: 'Når nogen flytter ind i en ny bolig, bliver deres gamle bolig ledig, og så videre. Søjlerne viser, hvor mange ledige boliger 100 nye boliger har sat fri i hver runde.',
    options: { ejerform: { label: 'Den nye boligs ejerform', value: 'all', list: () => [['all', 'Alle'], ...codes('tenure').filter((code) => tables.chains.some((row) => row.start_tenure === code)).map((code) => [code, label('tenure', code)])] } },
    show(state, chosen) {
        const columns = [{ field: 'round_label', label: 'Runde' }, { field: 'ejerform', label: 'Boligen, der blev ledig' }, { field: 'per100', label: 'Ledige pr. 100 nye boliger', digits: 1 }, { field: 'vacancies', label: 'Ledige i alt', digits: 1 }];
        const all = ofArea('chains', state).filter((row) => chosen.ejerform === 'all' || row.start_tenure === chosen.ejerform);
        const started = all.reduce((total, row) => total + (row.round === 0 ? row.new_dwellings : 0), 0);
        const rows = sums(all.filter((row) => row.round > 0), ['round', 'round_label', 'tenure'], ['vacancies']).sort((a, b) => a.round - b.round || byOrder('tenure')(a, b))
            .map((row) => ({ ...row, ejerform: label('tenure', row.tenure), per100: percent(row.vacancies, started) }));
        return { what: `Nye boliger i ${areaOf(state).area_label}, hele perioden: ${number(started)}.`, columns, rows, spec: barChart({ rows, y: 'round_label', x: 'per100', title: 'Ledige pr. 100 nye boliger', digits: 1, by: 'ejerform', attribute: 'tenure', columns, labels: labelsOf('tenure', rows) }) };
    },
}, {
    id: 'kædeender', title: 'Hvordan ender kæderne?', wide: true,
    note: 'En kæde ender, når den, der flytter ind, kommer udefra, når den gamle bolig stadig er beboet, når boligen rives ned, eller når den stadig er ledig. Alle udfald tilsammen er de nye boliger; et udfald, der trækkes fra, er negativt.',
    show(state) {
        const columns = [{ field: 'outcome_label', label: 'Kæden ender med' }, { field: 'share', label: 'Andel, pct.', digits: 1 }, { field: 'vacancies', label: 'Ender', digits: 1 }];
        const all = sums(tables.chain_ends.filter((row) => state.tenure === 'all' || row.start_tenure === state.tenure), ['outcome_label', 'outcome_sort'], ['vacancies']);
        const total = all.reduce((sum, row) => sum + row.vacancies, 0);
        const rows = all.sort((a, b) => a.outcome_sort - b.outcome_sort).map((row) => ({ ...row, share: percent(row.vacancies, total) }));
        return { what: `${areas[0].area_label}, hele perioden. Nye boliger: ${tenureOf(state).toLowerCase()}.`, columns, rows, spec: barChart({ rows, y: 'outcome_label', x: 'share', title: 'Andel, pct.', digits: 1, columns }) };
    },
}];
