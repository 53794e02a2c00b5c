package import FleetBase

extension Catalogue {
    package static let hosts = Part(sentences, hostsDoctor)

    private static let sentences: [Entry] = [
        (
            "the host reported the end of a command that it had never begun",
            "el host comunicó el final de un comando que nunca había empezado"
        ),
        (
            "its login shell prints something before each command: %@",
            "su shell de inicio imprime algo antes de cada comando: %@"
        ),
        (
            "each command waits %@ s there before it begins; look at the shell's start-up files",
            "cada comando espera allí %@ s antes de empezar; mira los archivos de arranque de la shell de inicio"
        ),
        ("this machine can't keep the output in %@: %@", "esta máquina no puede guardar la salida en %@: %@"),
        (
            "make room there, or have one host write to a pipe: fleet exec --quiet --hosts HOST",
            "haz sitio allí, o que un solo host escriba en una tubería: fleet exec --quiet --hosts HOST"
        ),
        (
            "the command wrote %@, and no more than %@ fit into one answer",
            "el comando escribió %@, y en una respuesta no caben más de %@"
        ),
        (
            "write it to a file: fleet exec --quiet --hosts HOST -- COMMAND >FILE",
            "escríbelo en un archivo: fleet exec --quiet --hosts HOST -- COMANDO >ARCHIVO"
        ),
        (
            "a word of the command has %@ bytes, and no host takes more than %@",
            "una palabra del comando tiene %@ bytes, y ningún host acepta más de %@"
        ),
        (
            "the command has %@ bytes, and fleet sends no more than %@",
            "el comando tiene %@ bytes, y fleet no envía más de %@"
        ),
        (
            "put it into a file: inputs: of a task, or --stdin of fleet exec",
            "ponlo en un archivo: inputs: de una tarea, o --stdin de fleet exec"
        ),
        (
            "the login shell was killed by the signal %@ before it began the command",
            "la señal %@ terminó la shell de inicio antes de que empezara el comando"
        ),
        (
            "the login shell did not start the command, and said nothing",
            "la shell de inicio no arrancó el comando, y no dijo nada"
        ),
        (
            "the login shell did not start the command; it said: %@",
            "la shell de inicio no arrancó el comando; dijo: %@"
        ),
        (
            "fleet needs a login shell that runs commands, such as sh, csh or fish; chsh -s /bin/sh changes it there",
            "fleet necesita una shell de inicio que ejecute comandos, como sh, csh o fish; allí se cambia con chsh -s /bin/sh"
        ),
        ("the host's answer makes no sense: %@", "la respuesta del host no tiene sentido: %@"),
        (
            "the host's answer is longer than any that fleet asks for",
            "la respuesta del host es más larga que cualquiera que fleet pida"
        ),
        (
            "is it what it should be? what it says can't be relied on; log in and look",
            "¿es el que debe ser? no hay que fiarse de lo que dice; entra y míralo"
        ),
        (
            "it has none of the package managers that are known: %@",
            "no tiene ninguno de los gestores de paquetes conocidos: %@"
        ),
        (
            "install it by the system's own means; fleet finds it then",
            "instálalo por los medios del propio sistema; fleet lo encuentra después"
        ),
        ("%@ is not root, and there is no sudo", "%@ no es root, y no hay sudo"),
        (
            "sudo asks %@ for a password, or does not let them",
            "sudo pide una contraseña a %@, o no le deja"
        ),
        (
            "log in as root, or let them use sudo without a password",
            "inicia sesión como root, o permítele usar sudo sin contraseña"
        ),
        ("installed, but it does not work: %@", "instalado, pero no funciona: %@"),
        (
            "its service may not run, or the package is damaged: log in and look",
            "puede que su servicio no esté en marcha, o que el paquete esté dañado: entra y mira"
        ),
        ("%@ ended with %@: %@", "%@ terminó con %@: %@"),
        (
            "log in and try it by hand; what was done before it stays",
            "entra y pruébalo a mano; lo hecho antes se queda"
        ),
        (
            "the command could not be ended on the host and may still run there",
            "el comando no se pudo terminar en el host y puede que siga allí"
        ),
        ("still running after %@ s", "sigue en marcha después de %@ s"),
        ("status %@", "estado %@"),
        ("still running after %@ s, so it was stopped", "seguía en marcha tras %@ s, así que se detuvo"),
        ("give it longer with --timeout", "dale más tiempo con --timeout"),
        ("killed by the signal %@", "terminado por la señal %@"),
        (
            "the command is not on this host, or not on the PATH of a login without a terminal",
            "el comando no está en este host, o no en el PATH de una sesión sin terminal"
        ),
        ("the host's shell can't run the probe: %@", "la shell del host no puede ejecutar el sondeo: %@"),
        (
            "a host needs a POSIX shell, tar and the usual small tools",
            "un host necesita una shell POSIX, tar y las herramientas pequeñas habituales"
        ),
        (
            "the command ended without a status: nobody knows whether it was done",
            "el comando terminó sin estado: nadie sabe si llegó a hacerse"
        ),
        (
            "the shell may have been killed, or the host shut down; look at the host and run it again",
            "puede que se matara la shell o se apagara el host; mira el host y ejecútala otra vez"
        ),
        (
            "\"%@\" is not a number of hosts such as 10 or 25%",
            "«%@» no es un número de hosts como 10 o 25%"
        ),
        ("the host stopped telling its figures: %@", "el host dejó de dar sus cifras: %@"),
        ("the host has told nothing for %@ s", "el host lleva %@ s sin decir nada"),
        ("the key can't be installed there: %@", "no se puede instalar allí la clave: %@"),
        (
            "is the home folder there, and may it be written to? log in and look",
            "¿está ahí la carpeta personal, y se puede escribir en ella? entra y míralo"
        ),
    ]
}
