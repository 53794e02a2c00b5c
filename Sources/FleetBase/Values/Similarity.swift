/// "Did you mean …?"
package enum Similarity {
    /// The candidate nearest to `text` by edit distance, if one is near enough to be a slip of the finger.
    package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, text.count / 3)
        // Another letter is no slip where the letter is all there is.
        let isLetter = text.count == 2 && text.hasPrefix("-")
        return candidates.map { (name: $0, distance: distance(text.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit && ($0.distance == 0 || !isLetter) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Optimal string alignment distance: insertions, deletions, substitutions, swapped neighbours.
    static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left)
        let b = Array(right)
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = Swift.min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = Swift.min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
