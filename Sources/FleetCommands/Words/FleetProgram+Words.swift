import FleetArguments
package import FleetBase
import FleetConfig
import FleetEvents
import FleetHTTP
import FleetHosts
import FleetLab
import FleetLedger
import FleetMQTT
import FleetPackage
import FleetReleases
import FleetReport
import FleetRuns
import FleetSSH
import FleetServe
import FleetService
import FleetTerminal
import FleetViews

extension FleetProgram {
    /// What all targets of the program say.
    package static func words() -> [Catalogue.Part] {
        [
            Catalogue.base, Catalogue.arguments, Catalogue.config, Catalogue.package, Catalogue.ssh, Catalogue.ledger,
            Catalogue.events, Catalogue.http, Catalogue.hosts, Catalogue.releases, Catalogue.runs, Catalogue.service,
            Catalogue.report, Catalogue.views, Catalogue.mqtt, Catalogue.lab, Catalogue.serve, Catalogue.serveCommands,
            Catalogue.terminal, Catalogue.commands,
        ]
    }
}
