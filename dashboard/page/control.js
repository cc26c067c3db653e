// Figures of what is planned, what the findings say, how good the data are, and what others publish.

const pipelineFigures = [{
    id: 'forventet', title: 'Forventede og opførte boliger', wide: true,
    note: 'For hvert byggeprojekt: hvor mange boliger der var ventet, og hvor mange der er opført. Projekter uden en søjle for opførte er ikke færdige.',
    options: { fase: { label: 'Fase', value: 'alle', list: () => [['alle', 'Alle'], ...valuesOf([...tables.pipeline].sort((a, b) => a.stage_sort - b.stage_sort), 'stage').map((stage) => [stage, tables.pipeline.find((row) => row.stage === stage).stage_label])] } },
    show(state, chosen) {
        const columns = [{ field: 'name', label: 'Projekt' }, { field: 'stage_label', label: 'Fase' }, { field: 'ventet', label: 'Ventet' }, { field: 'antal', label: 'Antal' }, { field: 'dwellings', label: 'Boliger', digits: 0 }];
        const all = tables.pipeline.filter((row) => (chosen.fase === 'alle' || row.stage === chosen.fase) && (state.area === 0 || areaOf(state).area_kind !== areas[row.area]?.area_kind || row.area === state.area) && (state.tenure === 'all' || row.tenure === state.tenure));
        const named = groups(tables.pipeline, (row) => row.name);
        const projects = [...groups(all, (row) => row.project_id).values()].map((lines) => ({ ...lines[0], expected_on: lines.map((row) => row.expected_on ?? '').sort().at(-1),
            name: named.get(lines[0].name).some((row) => row.project_id !== lines[0].project_id) ? `${lines[0].name} (${lines[0].project_id})` : lines[0].name,
            expected: lines.reduce((total, row) => total + (row.expected ?? 0), 0), realised: lines.reduce((total, row) => total + (row.realised ?? 0), 0) }));
        const rows = projects.sort((a, b) => (a.expected_on ?? '').localeCompare(b.expected_on ?? '') || a.project_id - b.project_id)
            .flatMap((row) => [['Ventet', row.expected], ['Opført', row.realised]].filter(([, dwellings]) => dwellings > 0).map(([antal, dwellings]) => ({ ...row, ventet: date(row.expected_on), antal, dwellings })));
        const shown = new Set(valuesOf(rows, 'project_id').slice(-20));
        return { what: `${areaOf(state).area_label}. ${tenureOf(state)}. Figuren viser højst de seneste 20, tabellen alle.`, columns, rows,
            spec: barChart({ rows: rows.filter((row) => shown.has(row.project_id)), y: 'name', x: 'dwellings', title: 'Boliger', by: 'antal', columns, labels: ['Ventet', 'Opført'] }) };
    },
}, {
    id: 'ventede-beboere', title: 'Ventede beboere i det, der er på vej',
    note: 'Hvor mange beboere de kommende boliger ventes at få efter alder, et år efter ibrugtagning, ud fra hvem der boede i tilsvarende nye boliger tidligere. Stregen er 95 % usikkerhed for projektet; den kan ikke lægges sammen.',
    options: { projekt: { label: 'Projekt', list: (state) => [...groups(tables.expected.filter((row) => state.area === 0 || areaOf(state).area_kind !== areas[row.area]?.area_kind || row.area === state.area), (row) => row.project_id).entries()].map(([id, rows]) => [String(id), rows[0].project_name]) } },
    show(state, chosen) {
        const columns = [{ field: 'alder', label: 'Alder' }, { field: 'indflytning', label: 'Ibrugtagning' }, { field: 'expected', label: 'Ventede beboere', digits: 1 }, { field: 'lower', label: 'Fra', digits: 0 }, { field: 'upper', label: 'Til', digits: 0 }];
        const rows = tables.expected.filter((row) => String(row.project_id) === chosen.projekt && row.expected !== null).sort((a, b) => byOrder('age_band')(a, b) || a.year - b.year)
            .map((row) => ({ ...row, alder: label('age_band', row.age_band), indflytning: row.year === 0 ? 'Ukendt år' : String(row.year) }));
        return { what: `${rows[0]?.project_name ?? ''}, ${rows[0] ? areas[rows[0].area]?.area_label ?? '' : ''}.`, columns, rows, spec: limitChart({ rows, y: 'alder', x: 'expected', lower: 'lower', upper: 'upper', title: 'Beboere', digits: 0, by: 'indflytning', columns }) };
    },
}, {
    id: 'efterprøvet', title: 'Ville det have passet tidligere?',
    note: 'Samme beregning for ét års nye boliger ud fra alle andre år. Ligger firkanten (det, der skete) ved stregen, har beregningen ramt.',
    options: { boliger: { label: 'Nye boliger', list: () => valuesOf([...tables.backtest].sort((a, b) => b.left_out_year - a.left_out_year).map((row) => ({ text: backtested(row) })), 'text').map((text) => [text, text]) } },
    show(state, chosen) {
        const columns = [{ field: 'alder', label: 'Alder' }, { field: 'hvad', label: 'Hvad' }, { field: 'persons', label: 'Personer', digits: 1 }, { field: 'lower', label: 'Fra', digits: 1 }, { field: 'upper', label: 'Til', digits: 1 }];
        const rows = tables.backtest.filter((row) => backtested(row) === chosen.boliger).sort(byOrder('age_band'))
            .flatMap((row) => [{ alder: label('age_band', row.age_band), hvad: 'Beregnet', persons: row.expected, lower: row.lower, upper: row.upper }, { alder: label('age_band', row.age_band), hvad: 'Skete', persons: row.actual, lower: null, upper: null, hidden: row.actual === null ? ['persons'] : [] }]);
        return { what: `${areas[0].area_label}, ${chosen.boliger ?? ''}.`, columns, rows, spec: limitChart({ rows, y: 'alder', x: 'persons', lower: 'lower', upper: 'upper', title: 'Personer', digits: 0, by: 'hvad', columns }) };
    },
}];

const backtested = (row) => `${row.left_out_year}: ${row.dwelling_type_label}, ${row.tenure_label.toLowerCase()}`;

const findingFigures = [{
    id: 'fund', title: 'Svar på kommunens spørgsmål', wide: true,
    note: 'Hvert spørgsmål er besvaret ud fra tallene med en statistisk prøve. Uafklaret betyder, at tallene ikke er nok til at sige ja eller nej.',
    show() {
        const columns = [{ field: 'question_da', label: 'Spørgsmål' }, { field: 'answer_da', label: 'Svar' }, { field: 'effect', label: 'Forskel', digits: 2 }, { field: 'lower', label: 'Fra', digits: 2 }, { field: 'upper', label: 'Til', digits: 2 },
            { field: 'effect_unit', label: 'Enhed' }, { field: 'p', label: 'p-værdi' }];
        const rows = tables.findings.map((row) => ({ ...row, p: row.p_value === null ? null : row.p_value < 0.0001 ? 'under 0,0001' : number(row.p_value, 4) }));
        const content = element('ol', {}, ...rows.map((row) => element('li', {}, element('p', {}, element('strong', {}, row.question_da), ' ', element('span', { class: `answer answer-${row.answer_da}` }, row.answer_da)), element('p', {}, row.text_da))));
        return { what: `${areas[0].area_label}, hele perioden.`, columns, rows, content };
    },
}];

const SEVERITIES = ['error', 'warning', 'notice'];

const qualityFigures = [{
    id: 'datafund', title: 'Hvad ser forkert ud i registrene?', wide: true,
    note: 'Antal fund af hver slags. En fejl kan ikke passe; en advarsel bør ses efter; en bemærkning er god at kende. De enkelte fund står i visningen bi_data_issue.',
    show() {
        const columns = [{ field: 'issue_label', label: 'Slags' }, { field: 'severity_label', label: 'Alvor' }, { field: 'findings', label: 'Fund', digits: 0 }, { field: 'meaning', label: 'Betydning' }];
        const rows = tables.issues.filter((row) => row.findings !== 0).map((row) => ({ ...row, hidden: row.findings === null ? ['findings'] : [] }))
            .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.findings - a.findings);
        const spec = barChart({ rows, y: 'issue_label', x: 'findings', title: 'Fund', columns });
        spec.layer[0].encoding.color = series('severity_label', valuesOf(rows, 'severity_label'));
        return { what: `${areas[0].area_label}, alle fund ved seneste opdatering.`, columns, rows, spec };
    },
}, {
    id: 'kørsler', title: 'Opdateringer', wide: true,
    note: 'De seneste opdateringer af overvågningen. Datadatoen er den dag, registrene er kendt til. Er den gammel, er figurerne det også.',
    show() {
        const columns = [{ field: 'startet', label: 'Startet' }, { field: 'outcome_label', label: 'Udfald' }, { field: 'datadato', label: 'Datadato' }, { field: 'rows_added', label: 'Nye rækker', digits: 0 }, { field: 'seconds', label: 'Sekunder', digits: 1 }];
        const rows = [...tables.runs].reverse().map((row) => ({ ...row, startet: date(row.started_at), datadato: date(row.data_date) }));
        return { what: freshness(), columns, rows, isTable: true };
    },
}];

const compareFigures = [{
    id: 'sammenlign', title: 'Egne tal ved siden af andres', wide: true,
    note: 'Egne tal er beregnet af registrene. Kilden tæller efter sin egen definition, så små forskelle er ventelige. Store forskelle bør undersøges.',
    options: { mål: { label: 'Tal', list: () => [...groups([...tables.indicators].sort((a, b) => (b.source === 'DST') - (a.source === 'DST') || (b.measure === 'population') - (a.measure === 'population')), (row) => `${row.source} ${row.measure}`).entries()].map(([key, rows]) => [key, `${rows[0].measure_label} (${rows[0].source})`]) } },
    show(state, chosen) {
        const all = tables.indicators.filter((row) => `${row.source} ${row.measure}` === chosen.mål).sort((a, b) => a.year - b.year || (a.period ?? '').localeCompare(b.period ?? ''));
        const digits = all.some((row) => !Number.isInteger(row.value) || (row.own_value !== null && !Number.isInteger(row.own_value))) ? 1 : 0;
        const columns = [{ field: 'tid', label: 'Tid' }, { field: 'hvis', label: 'Kilde' }, { field: 'figure', label: all[0]?.measure_label ?? '', digits }, { field: 'difference_percent', label: 'Forskel, pct.', digits: 1 }];
        const time = (row) => row.period || String(row.year);
        const own = groups(all.filter((row) => row.own_value !== null), time);
        const rows = [...[...own.entries()].map(([tid, [row]]) => ({ tid, hvis: 'Egne tal', figure: row.own_value, difference_percent: null })),
            ...all.filter((row) => row.value !== null).map((row) => ({ tid: time(row), hvis: `${row.source}, ${row.municipality_label}`, figure: row.value, difference_percent: row.difference_percent }))];
        return { what: `${all[0]?.definition ?? ''}. ${all.filter((row) => row.is_own && row.own_value !== null).at(-1)?.explanation_da ?? ''}`, columns, rows, spec: lineChart({ rows, x: 'tid', y: 'figure', title: all[0]?.unit_label, digits, by: 'hvis', columns, zero: false }) };
    },
}];

function freshness() {
    const last = tables.runs.filter((row) => ['done', 'unchanged'].includes(row.outcome)).at(-1);
    const old = (new Date(last.finished_at) - new Date(last.data_date)) / 86400000 > 92 ? ' Data er mere end tre måneder ældre end opdateringen.' : '';
    return `Data er kendt til ${date(last.data_date)}. Opdateret ${date(last.finished_at)}.${old}`;
}
