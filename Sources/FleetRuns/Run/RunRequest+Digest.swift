import FleetBase
import FleetConfig
import FleetPackage

extension RunRequest {
    /// What must be the same when the same work is done again: the files in out/, with metrics.json by its values but for
    /// those that vary each time. Of what a worker prints only where that is all there is, and always of a command's.
    func digest(of extraction: Extraction, _ metrics: JSONValue?) -> Digest {
        var values: [String: JSONValue] = [:]
        if case .object(let members)? = metrics { values = members }
        for metric in package?.file.metrics ?? [] where metric.varies { values[metric.name] = nil }
        let isCounted = metrics != nil
        var ignored: Set = ["stdout", "stderr"]
        if isCounted { ignored.insert("out/metrics.json") }
        let hasFiles = extraction.files.contains { !ignored.contains($0.path.escaped) }
        if package == nil || !hasFiles && !isCounted { ignored.remove("stdout") }
        let text = isCounted ? (try? JSONText.encode(JSONValue.object(values))) ?? "" : ""
        let same = extraction.digest { !ignored.contains($0.path.escaped) }
        return FileDigest.of(Array((same.hex + text).utf8))
    }
}
