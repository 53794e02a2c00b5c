extension Catalogue {
    static let ledger: [Entry] = [
    ]
}
