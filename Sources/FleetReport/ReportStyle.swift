/// How a report looks. The colours of states and lines are those of Okabe and Ito (2008), which people with any kind of
/// colour vision tell apart; states and lines differ in shape as well.
package enum ReportStyle {
    package static let sheet = """
        :root{color-scheme:light dark;--ground:#fff;--ink:#1a1a1a;--faint:#667;--grid:#dde;--s0:#0072b2;--s1:#d55e00;\
        --s2:#009e73;--s3:#cc79a7;--s4:#e69f00;--s5:#56b4e9;--s6:#555}
        @media(prefers-color-scheme:dark){:root{--ground:#15181d;--ink:#e8e8e8;--faint:#9aa;--grid:#2c323c;--s0:#56b4e9;\
        --s1:#ff8a3d;--s2:#2bd1a0;--s3:#e29cc6;--s4:#f0c04a;--s5:#9bd3f5;--s6:#aaa}}
        @media print{:root{--ground:#fff;--ink:#000;--faint:#444;--grid:#bbb;--s0:#0072b2;--s1:#d55e00;--s2:#009e73;\
        --s3:#cc79a7;--s4:#e69f00;--s5:#56b4e9;--s6:#555}section,figure{break-inside:avoid}.wide{overflow:visible}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
        main{max-width:960px;margin:0 auto;padding:24px 20px 60px}
        h1{font-size:22px;margin:0 0 12px}h2{font-size:17px;margin:34px 0 10px}
        dl{display:flex;flex-wrap:wrap;gap:8px 30px;margin:0}dt{color:var(--faint);font-size:13px}
        dd{margin:0;overflow-wrap:anywhere}
        svg{width:100%;height:auto;display:block}svg text{fill:var(--ink);font-size:12px}
        svg .tick{fill:var(--faint);font-size:11px}svg .value{fill:inherit;font-size:11px}
        svg text.value[fill="#fff"]{fill:#fff}svg text.value[fill="#000"]{fill:#000}
        .grid{stroke:var(--grid)}
        .bar{fill:var(--s0)}.bar.failed{fill:var(--s1);stroke:var(--ink);stroke-dasharray:3 2}
        .bar.lost{fill:none;stroke:var(--s1);stroke-width:1.5}.bar.cancelled{fill:none;stroke:var(--faint)}
        .bar.running{fill:var(--s4)}
        .dot{fill-opacity:.55}.curve{fill:none;stroke-width:1.6}.bars{fill:none;stroke-width:1.1}
        .s0{fill:var(--s0);stroke:var(--s0)}.s1{fill:var(--s1);stroke:var(--s1)}.s2{fill:var(--s2);stroke:var(--s2)}
        .s3{fill:var(--s3);stroke:var(--s3)}.s4{fill:var(--s4);stroke:var(--s4)}.s5{fill:var(--s5);stroke:var(--s5)}
        .s6{fill:var(--s6);stroke:var(--s6)}.curve,.bars{fill:none}.dot{stroke:none}
        .d1{stroke-dasharray:7 3}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:9 3 2 3}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:22px}
        figure{margin:0}figcaption{font-weight:600;margin-bottom:4px}
        .legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:6px 0 0;color:var(--faint);font-size:13px}
        .legend span{display:inline-flex;align-items:center;gap:6px}.key{width:26px;height:10px}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13px}
        th{text-align:left;color:var(--faint);font-weight:500}th,td{padding:4px 10px 4px 0;border-bottom:1px solid var(--grid);\
        vertical-align:top}th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}
        """
}
