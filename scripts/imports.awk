# Which Swift target may import which other one: arrows point down only. See "Targets" in DESIGN.md.
# Reads Swift files, prints each import that is not allowed, and fails if there was one.
BEGIN {
    allow("FleetBase", "CLinux")
    allow("FleetArguments", "FleetBase")
    allow("FleetConfig", "FleetBase CYAML")
    allow("FleetPackage", "FleetBase CArchive CCrypto")
    allow("FleetSSH", "FleetBase CSSH2 CCrypto CLinux")
    allow("FleetLedger", "FleetBase CSQLite")
    allow("FleetEvents", "FleetBase FleetLedger")
    allow("FleetHosts", "FleetBase FleetConfig FleetPackage FleetEvents")
    allow("FleetReleases", "FleetBase FleetConfig FleetPackage FleetEvents FleetHosts")
    allow("FleetRuns", "FleetBase FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases")
    allow("FleetService", "FleetBase FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases FleetRuns FleetSSH")
    allow("FleetViews", "FleetBase FleetConfig FleetLedger FleetHosts FleetReleases FleetRuns FleetService")
    allow("FleetReport", "FleetBase FleetLedger")
    allow("FleetLab", "FleetBase FleetConfig")
    allow("FleetTerminal", "FleetBase FleetConfig FleetEvents")
    allow("FleetCommands", "FleetBase FleetArguments FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases FleetRuns FleetSSH FleetLab FleetReport FleetService FleetTerminal FleetViews")
    allow("FleetKit", "FleetBase FleetConfig FleetEvents FleetHosts FleetReleases FleetRuns FleetService")
    allow("fleet", "FleetCommands")
}

function allow(target, names,    list, count) {
    known[target] = 1
    count = split(names, list, " ")
    for (; count > 0; count--) allowed[target, list[count]] = 1
}

/^[ \t]*(@[A-Za-z_]+ +|package +|public +|internal +|private +|fileprivate +)*import +/ {
    split(FILENAME, parts, "/")
    target = parts[2]
    line = $0
    sub(/.*import +((struct|class|enum|protocol|func|typealias|var|let) +)?/, "", line)
    sub(/[^A-Za-z0-9_].*/, "", line)
    if (!(target in known)) known_missing[target] = 1
    # Only this package's own modules are ruled; the system's may be imported by all.
    if ((line in known || line ~ /^C[A-Z]/) && !((target, line) in allowed)) {
        printf "%s:%d: %s may not import %s\n", FILENAME, FNR, target, line
        bad = 1
    }
}

END {
    for (target in known_missing) { printf "scripts/imports.awk: no rule for the target %s\n", target; bad = 1 }
    exit bad
}
