package import FleetBase

extension Catalogue {
    /// What the sinks to brokers say.
    package static let mqtt = Part([
        ("the broker refuses the connection: %@", "el bróker rechaza la conexión: %@"),
        ("the broker does not take what goes to %@: %@", "el bróker no acepta lo que va a %@: %@"),
        ("the broker has ended the connection", "el bróker ha cerrado la conexión"),
        ("nobody knows the address of the broker", "nadie conoce la dirección del bróker"),
        ("there is no TLS with the broker", "no hay TLS con el bróker"),
        ("the broker takes no event of this size", "el bróker no acepta un evento de este tamaño"),
        ("the broker does not answer", "el bróker no responde"),
        ("another fleet serve sends to this broker", "otro fleet serve envía a este bróker"),
        ("events go to %@", "los eventos van a %@"),
        (
            "the ledger is another one now; everything in it is sent",
            "el registro es otro ahora; se envía todo lo que contiene"
        ),
        (
            "the events from %@ to %@ were gone before the broker could have them",
            "los eventos de %@ a %@ se borraron antes de que el bróker pudiera recibirlos"
        ),
        ("this machine has no thread left for it", "a esta máquina no le queda ningún hilo para esto"),
    ])
}
