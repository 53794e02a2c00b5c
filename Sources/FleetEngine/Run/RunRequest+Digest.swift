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
        var files = extraction.files.filter { file in
            file.path.text != "stdout" && file.path.text != "stderr"
                && !(isCounted && file.path.text == "out/metrics.json")
        }
        if package == nil || files.isEmpty && !isCounted {
            files += extraction.files.filter { $0.path.text == "stdout" }
        }
        let text = isCounted ? (try? JSONText.encode(JSONValue.object(values))) ?? "" : ""
        let same = Extraction(files: files, links: extraction.links, refused: [])
        return FileDigest.of(Array((same.digest.hex + text).utf8))
    }
}
