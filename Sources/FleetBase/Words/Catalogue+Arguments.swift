extension Catalogue {
    static let arguments: [Entry] = [
    ]
}
