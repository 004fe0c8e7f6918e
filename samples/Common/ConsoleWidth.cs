using Spectre.Console;

namespace Samples.Common;

/// <summary>Into a file or a pipe Spectre writes 80 columns; tables need more.</summary>
public static class ConsoleWidth
{
    /// <summary>Makes a console that is no terminal at least this wide.</summary>
    public static void AtLeast(IAnsiConsole console, int columns)
    {
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = Math.Max(console.Profile.Width, columns);
    }
}
