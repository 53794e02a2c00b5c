extension Catalogue {
    static let `package`: [Entry] = [
        ("%@ changed while it was being packed", "%@ cambió mientras se empaquetaba"),
        (
            "wait until nothing writes to it, then pack again",
            "espera a que nadie escriba en él y vuelve a empaquetar"
        ),
        ("%@ is neither a file nor a link", "%@ no es ni un archivo ni un enlace"),
        ("a file name in %@ is not UTF-8", "un nombre de archivo de %@ no es UTF-8"),
        (
            "%@ is a link to \"%@\", which is not a path inside its folder",
            "%@ es un enlace a «%@», que no es una ruta dentro de su carpeta"
        ),
        (
            "%@: a backslash in a file name can't be packed",
            "%@: no se puede empaquetar un nombre de archivo con barra invertida"
        ),
        ("%@ is a name that fleet keeps for itself", "%@ es un nombre que fleet se reserva"),
        ("%@ is listed twice", "%@ aparece dos veces"),
        ("the manifest can't be read: %@", "no se puede leer el manifiesto: %@"),
        ("archive: %@", "archivo: %@"),
        ("archive: it ends before its end mark", "archivo: termina antes de su marca de fin"),
        ("archive: %@ is longer than it says", "archivo: %@ es más largo de lo que dice"),
    ]
}
