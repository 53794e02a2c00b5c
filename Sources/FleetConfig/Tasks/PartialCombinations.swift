/// Finds which of many partial combinations agree with a whole one, without comparing it to each.
struct PartialCombinations {
    /// The positions of those that name the same axes, by the texts they have for them.
    private var positions: [[String]: [[String]: [Int]]] = [:]

    /// - Parameter axes: the only names that are compared.
    init(_ partials: [[TaskSetting]], axes: [String]) {
        for (position, partial) in partials.enumerated() {
            let texts = Self.texts(of: partial)
            let names = axes.filter { texts[$0] != nil }
            positions[names, default: [:]][names.compactMap { texts[$0] }, default: []].append(position)
        }
    }

    /// In their order.
    func positions(agreeingWith combination: [TaskSetting]) -> [Int] {
        let texts = Self.texts(of: combination)
        return positions.flatMap { names, byTexts in byTexts[names.compactMap { texts[$0] }] ?? [] }.sorted()
    }

    private static func texts(of settings: [TaskSetting]) -> [String: String] {
        Dictionary(settings.map { ($0.name, $0.text) }) { _, new in new }
    }
}
