using System.Globalization;
using Dying.Report;
using Dying.Training;

namespace Dying.Tests;

public sealed class RunsCsvTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_figure_of_every_run_is_read_back()
    {
        Run[] runs =
        [
            new("deep-narrow", "ReLU", 1, new(18, 5, 4, false), new(18, 18, 0, true), double.PositiveInfinity),
            new("momentum", "lr/10", 20, new(192, 1, 1, false), new(192, 3, 2, false), 0.123456789012345),
        ];

        RunsCsv.Write(_path, runs);

        string[] lines = File.ReadAllLines(_path);
        Assert.Equal("situation,remedy,seed,units,dead_start,in_reach_start,constant_start,dead_end,in_reach_end,constant_end,relative_loss,failed", lines[0]);
        Assert.Equal(runs, lines[1..].Select(Parse));
        Assert.EndsWith(",1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",0", lines[2], StringComparison.Ordinal);
    }

    private static Run Parse(string line)
    {
        string[] cells = line.Split(',');
        int[] whole = [.. new[] { 2, 3, 4, 5, 6, 7, 8, 9 }.Select(cell => int.Parse(cells[cell], CultureInfo.InvariantCulture))];
        return new(
            cells[0], cells[1], whole[0], new(whole[1], whole[2], whole[3], whole[4] == 1), new(whole[1], whole[5], whole[6], whole[7] == 1),
            double.Parse(cells[10], CultureInfo.InvariantCulture));
    }
}
