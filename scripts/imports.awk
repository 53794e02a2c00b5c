# Which Swift target may import which other one: arrows point down only. See "Targets" in DESIGN.md.
# SwiftPM (--explicit-target-dependency-import-check) finds imports that Package.swift does not declare, tests included; this
# rules what may be declared, down to folders, and needs no build.
# Reads Swift files, prints each import that is not allowed, and fails if there was one.
BEGIN {
    allow("FleetBase", "CLinux")
    allow("FleetArguments", "FleetBase")
    allow("FleetConfig", "FleetBase CYAML")
    allow("FleetPackage", "FleetBase CArchive CCrypto")
    allow("FleetSSH", "FleetBase CSSH2 CCrypto CLinux")
    allow("FleetHTTP", "FleetBase CTLS CLinux")
    allow("FleetLedger", "FleetBase CSQLite")
    allow("FleetEvents", "FleetBase FleetLedger")
    allow("FleetHosts", "FleetBase FleetConfig FleetPackage FleetEvents")
    allow("FleetReleases", "FleetBase FleetConfig FleetPackage FleetEvents FleetHosts")
    allow("FleetRuns", "FleetBase FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases")
    allow("FleetService", "FleetBase FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases FleetRuns FleetSSH FleetLab FleetReport")
    allow("FleetViews", "FleetBase FleetConfig FleetEvents FleetLab FleetLedger FleetHosts FleetReleases FleetRuns FleetService")
    allow("FleetServe", "FleetBase FleetHTTP FleetConfig FleetEvents FleetHosts FleetLedger FleetReleases FleetReport FleetRuns FleetService FleetViews CCrypto CMD4C")
    allow("FleetMQTT", "FleetBase FleetConfig FleetEvents FleetService CMosquitto")
    allow("FleetReport", "FleetBase FleetLedger")
    allow("FleetLab", "FleetBase FleetConfig")
    allow("FleetTerminal", "FleetBase FleetConfig FleetEvents CLinux")
    allow("FleetCommands", "FleetHTTP FleetBase FleetArguments FleetConfig FleetPackage FleetLedger FleetEvents FleetHosts FleetReleases FleetRuns FleetMQTT FleetSSH FleetLab FleetReport FleetServe FleetService FleetTerminal FleetViews")
    allow("FleetKit", "FleetBase FleetConfig FleetEvents FleetHosts FleetLab FleetLedger FleetReleases FleetRuns FleetService FleetViews")
    allow("fleet", "FleetCommands")

    # A command parses, starts an operation and renders. What lies below the service is not for it, whatever its target
    # may import for its folder Words, which puts together what all targets say.
    split("FleetLedger FleetSSH FleetHosts FleetReleases FleetReport FleetRuns FleetPackage", below, " ")
    for (i in below) is_below[below[i]] = 1
    # The folders whose commands still do; the list only gets shorter.
    split("Words Events Exec Logs Program Push Run Runs Schedule Tasks", folders, " ")
    for (i in folders) is_open[folders[i]] = 1
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
    } else if (target == "FleetCommands" && line in is_below && !(parts[3] in is_open)) {
        printf "%s:%d: a command may not import %s: ask the service\n", FILENAME, FNR, line
        bad = 1
    }
}

END {
    for (target in known_missing) { printf "scripts/imports.awk: no rule for the target %s\n", target; bad = 1 }
    exit bad
}
