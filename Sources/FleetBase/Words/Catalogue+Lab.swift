extension Catalogue {
    static let lab: [Entry] = []
}
