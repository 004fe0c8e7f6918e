using System.Globalization;
using System.Text.RegularExpressions;

namespace Helu.Monitoring.Tests;

public sealed partial class LiveActivationTableTests
{
    [Fact]
    public void A_line_has_the_numbers_of_its_layer()
    {
        using var terminal = new Terminal(isTerminal: true);
        using var table = new LiveActivationTable(terminal.Console());
        table.Add(Windows.Of(0, ("features.relu1", 1), ("[relu2]", 4)));

        string drawn = terminal.Take();

        Assert.Matches(@"features\.relu1 +│ HeLU +│ +4 │ +25\.0 │ +25\.0 │ +62\.5 │ +62\.5 │ +0\.188 │", drawn);
        Assert.Matches(@"\[relu2\] +│ HeLU +│ +4 │ +100\.0 │ +25\.0 │ +100\.0 │ +100\.0 │ +0 │", drawn);
        Assert.Contains("window 0, steps 0 to 9, 1 sampled", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_sparkline_has_a_bar_for_each_window_on_a_scale_that_all_layers_share()
    {
        using var terminal = new Terminal(isTerminal: true);
        using var table = new LiveActivationTable(terminal.Console());
        for (int dead = 0; dead <= 4; dead++)
            table.Add(Windows.Of(dead, ("rising", dead), ("falling", 4 - dead), ("low", 1)));
        string drawn = terminal.Take().Split("\e[0J")[^1];

        // Eight bars: 0, 25, 50, 75 and 100 % are 0, 1.75, 3.5, 5.25 and 7 steps up.
        Assert.Matches("rising .*▁▃▅▆█", drawn);
        Assert.Matches("falling .*█▆▅▃▁", drawn);
        Assert.Matches("low .*▃▃▃▃▃", drawn);
        Assert.Contains("dead, 0 to 100 %", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_drawn_over_what_was_drawn_before()
    {
        using var terminal = new Terminal(isTerminal: true);
        using var table = new LiveActivationTable(terminal.Console());
        table.Add(Windows.Of(0, ("relu1", 1)));
        string first = terminal.Take();
        table.Add(Windows.Of(1, ("relu1", 2)));
        string second = terminal.Take();

        Assert.DoesNotContain("\e[0J", first, StringComparison.Ordinal);
        Match up = UpAndClear().Match(second);
        Assert.True(up.Success && up.Index == 0, second);
        Assert.Equal(first.Count(c => c == '\n'), int.Parse(up.Groups["lines"].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void On_a_low_terminal_the_layers_with_the_most_dead_units_are_shown()
    {
        using var terminal = new Terminal(isTerminal: true, height: 10);
        using var table = new LiveActivationTable(terminal.Console());
        table.Add(Windows.Of(0, ("relu1", 3), ("relu2", 1), ("relu3", 4), ("relu4", 0)));

        string drawn = terminal.Take();

        Assert.Matches("(?s)relu1.*relu3", drawn);
        Assert.DoesNotMatch("relu2|relu4", drawn);
        Assert.Contains("2 layers with fewer dead units not shown", drawn, StringComparison.Ordinal);
        Assert.True(drawn.Count(c => c == '\n') < terminal.Height);
    }

    [Fact]
    public void In_a_file_each_window_and_layer_is_a_line()
    {
        using var file = new Terminal(isTerminal: false);
        using var table = new LiveActivationTable(file.Console());
        table.Add(Windows.Of(0, ("relu1", 1), ("relu2", 0)));
        table.Add(Windows.Of(1, ("relu1", 2)));

        Assert.Equal(
            """
            window 0, steps 0 to 9: relu1 (HeLU): 1 of 4 units dead, 1 of them in reach; silent 62.5 %, zeros 62.5 %, mean 0.188
            window 0, steps 0 to 9: relu2 (HeLU): 0 of 4 units dead, 0 of them in reach; silent 50.0 %, zeros 50.0 %, mean 0.25
            window 1, steps 10 to 19: relu1 (HeLU): 2 of 4 units dead, 1 of them in reach; silent 75.0 %, zeros 75.0 %, mean 0.125

            """.ReplaceLineEndings("\n"),
            file.Take());
    }

    [GeneratedRegex(@"\e\[(?<lines>\d+)F\e\[0J")]
    private static partial Regex UpAndClear();
}
