package import FleetBase
import FleetReport

/// Asks for all that is known of a run in one text.
package struct ReportQuery: Query {
    package enum Form: Sendable, Codable {
        /// An HTML page that needs nothing else.
        case page(in: Language)
        /// Comma-separated values (RFC 4180), a row for each attempt.
        case csv
    }

    /// A run's name, the beginning of it, or `last`.
    package var run: String
    package var form: Form

    package init(_ run: String, as form: Form) { (self.run, self.form) = (run, form) }

    package struct Answer: Sendable {
        package let text: String
        /// Where the report lies when nobody says otherwise.
        package let usualFile: String
    }

    package func answer(by service: FleetService) async throws -> Answer {
        let record = try await RunQuery(run).answer(by: service)
        let data = ReportData(record.run, tasks: record.tasks, attempts: record.attempts)
        let text =
            switch form {
            case .page(let language): ReportPage(data, in: language).html
            case .csv: ReportTable(data).csv
            }
        return Answer(
            text: text, usualFile: "\(service.project.workFolder)/results/\(record.run.id)/report.html")
    }
}
