using System.Text;
using Spectre.Console;

namespace Helu.Monitoring.Tests;

/// <summary>What a console writes to, in memory.</summary>
internal sealed class Terminal(bool isTerminal, int height = 40) : IAnsiConsoleOutput, IDisposable
{
    private readonly StringWriter _writer = new();

    public TextWriter Writer => _writer;

    public bool IsTerminal => isTerminal;

    public int Width => 140;

    public int Height => height;

    /// <summary>Everything written so far; the buffer is empty then.</summary>
    public string Take()
    {
        string written = _writer.ToString();
        _writer.GetStringBuilder().Clear();
        return written.ReplaceLineEndings("\n");
    }

    public IAnsiConsole Console() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = this,
        Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });

    public void SetEncoding(Encoding encoding)
    {
    }

    public void Dispose() => _writer.Dispose();
}
