import FleetBase
import FleetConfig
import FleetService

/// The parameters of a run that a request asks for, held against what the package declares, so that who fills in a form
/// hears at once which field is wrong.
struct RunParameters {
    private let package: String
    private let given: [String: JSONValue]

    init(_ body: JSONValue) {
        package = body["package"]?.string ?? ""
        guard case .object(let members)? = body["parameters"] else {
            given = [:]
            return
        }
        given = members
    }

    /// - Throws: a problem that names the field.
    func check(by service: FleetService) async throws {
        // What is missing or of another kind is the form's to tell.
        guard !package.isEmpty else { return }
        let files: [PackageFile]
        do { files = try await service.ask(PackagesQuery([package])) } catch {
            let problem = Problem(error)
            throw Problem(problem.status, problem.message, hint: problem.hint, field: "package")
        }
        for parameter in files.flatMap(\.parameters) {
            let words = parameter.names.compactMap { given[$0]?.plain }
            guard let word = words.first else {
                guard parameter.isRequired else { continue }
                throw Problem(422, Message("a value is needed"), field: "parameters.\(parameter.name)")
            }
            do { _ = try parameter.value(of: word) } catch {
                throw Problem(422, error.message, field: "parameters.\(parameter.name)")
            }
        }
    }
}
