import FleetBase

/// What stands for a value in help, such as `FILE|NAME`: each of its words is put into the other language by itself.
package enum ValueName {
    /// A word that is not here is the same in Spanish.
    package static let spanish = [
        "ADDRESS": "DIRECCIÓN", "CODE": "CÓDIGO", "COMMAND": "COMANDO", "DIR": "CARPETA", "EXAMPLE": "EJEMPLO",
        "FILE": "ARCHIVO", "GROUP": "GRUPO", "KEY": "CLAVE", "KIND": "TIPO", "LANG": "IDIOMA", "LINE": "LÍNEA",
        "METHOD": "MÉTODO", "NAME": "NOMBRE", "OPTION": "OPCIÓN", "PACKAGE": "PAQUETE", "PATH": "RUTA",
        "PORT": "PUERTO", "QUESTION": "PREGUNTA", "RUN": "EJECUCIÓN", "SEQUENCE": "SECUENCIA", "SIZE": "TAMAÑO",
        "TIME": "TIEMPO", "USER": "USUARIO", "VALUE": "VALOR", "VERSION": "VERSIÓN", "WHEN": "CUÁNDO",
        "WHO": "QUIÉN",
    ]

    /// - Parameter text: value names among other words, such as `-o, --output FILE`.
    static func message(_ text: String) -> Message { Message(english: text, spanish: spanish(text)) }

    private static func spanish(_ text: String) -> String {
        var (result, word) = ("", "")
        for character in text + " " {
            guard !character.isLetter, !character.isNumber, !"-_".contains(character) else {
                word.append(character)
                continue
            }
            result += (spanish[word] ?? word) + String(character)
            word = ""
        }
        return String(result.dropLast())
    }
}
