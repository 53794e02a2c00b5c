import FleetBase
import FleetConfig
import FleetService

/// The parameters of a run that a request asks for, held against what the package declares, so that who fills in a form
/// hears at once which field is wrong.
struct RunParameters {
    private let package: String
    private let given: [String: JSONValue]
    private let takesSeveral: Bool

    /// - Parameter takesSeveral: whether each may have several values, as in a sweep.
    init(_ body: JSONValue, takesSeveral: Bool = false) {
        self.takesSeveral = takesSeveral
        package = body["package"]?.string ?? ""
        guard case .object(let members)? = body["parameters"] else {
            given = [:]
            return
        }
        given = members
    }

    /// - Returns: how many combinations of values there are.
    /// - Throws: a problem that names the field.
    @discardableResult func check(by service: FleetService) async throws -> Int {
        // What is missing or of another kind is the form's to tell.
        guard !package.isEmpty else { return 1 }
        var count = 1
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
            do throws(ValueError) {
                count = count.multipliedReportingOverflow(by: try values(of: parameter, in: word)).partialValue
                guard count <= TaskMatrix.maximumTasks else {
                    throw ValueError(Message("the matrix has more than \(TaskMatrix.maximumTasks) combinations"))
                }
            } catch {
                throw Problem(422, error.message, field: "parameters.\(parameter.name)")
            }
        }
        return count
    }

    /// How many values a parameter has.
    private func values(of parameter: Parameter, in word: String) throws(ValueError) -> Int {
        if takesSeveral { return try parameter.values(in: word).count }
        _ = try parameter.value(of: word)
        return 1
    }
}
