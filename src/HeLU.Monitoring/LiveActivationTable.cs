using System.Globalization;
using Helu.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Helu.Monitoring;

/// <summary>
/// A table in the terminal that is drawn again with each window: a line for each layer, with the history of its dead units as a sparkline. Where the output is a file or a pipe, and on
/// terminals without a cursor, a line of text for each window and layer.
/// </summary>
/// <remarks>
/// dead: share of units that never fired; in reach: share of units that are dead and within HeLU's reach; silent: dynamic dead-neuron rate; zeros: share of zero outputs; mean: of outputs.
/// What else is written to the terminal between two windows is drawn over. A program that draws the terminal itself shows an <see cref="ActivationTable"/> instead.
/// </remarks>
public sealed class LiveActivationTable : IActivationReport
{
    /// <summary>Lines that borders, headings (two where the terminal is narrow), the caption and the prompt below take.</summary>
    private const int LinesAround = 8;

    private readonly IAnsiConsole _console;
    private readonly ActivationTable _table;
    private int _linesDrawn;

    /// <summary>Draws nothing yet.</summary>
    /// <param name="console">Where it is drawn. Null: standard output.</param>
    public LiveActivationTable(IAnsiConsole? console = null)
    {
        _console = console ?? AnsiConsole.Console;
        _table = new ActivationTable { IsUnicode = _console.Profile.Capabilities.Unicode };
    }

    /// <inheritdoc/>
    public void Add(ActivationWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        _table.Add(window);
        if (_console.Profile.Capabilities.Ansi && _console.Profile.Out.IsTerminal)
            Draw(_table.ToRenderable(Math.Max(1, _console.Profile.Height - LinesAround)));
        else
            WriteLines(window);
    }

    /// <summary>The table stays where it is.</summary>
    public void Dispose()
    {
    }

    private void Draw(IRenderable table)
    {
        string lines = _console.ToAnsi(table);
        // Up to the first line of the table before, and clear from there to the end of the screen.
        _console.WriteAnsi(_linesDrawn > 0 ? $"\e[{_linesDrawn}F\e[0J{lines}" : lines);
        _linesDrawn = lines.AsSpan().Count('\n');
    }

    private void WriteLines(ActivationWindow window)
    {
        foreach (LayerActivity layer in window.Layers)
        {
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"window {window.Index}, steps {window.FirstStep} to {window.LastStep}: {layer.Layer} ({layer.Activation}): {layer.DeadUnits} of {layer.Units.Count} units dead, {layer.UnitsWithinReach} of them in reach; silent {layer.DynamicDeadRate:P1}, zeros {layer.Sparsity:P1}, mean {layer.MeanActivation:0.###}");
            _console.Profile.Out.Writer.WriteLine(line);
        }
        _console.Profile.Out.Writer.Flush();
    }
}
