using System.Globalization;
using Dying.Training;

namespace Dying.Report;

/// <summary>All runs as comma-separated values (RFC 4180), one line each under a heading.</summary>
internal static class RunsCsv
{
    private const string Heading = "situation,remedy,seed,units,dead_start,in_reach_start,constant_start,dead_end,in_reach_end,constant_end,relative_loss,failed";

    public static void Write(string path, IEnumerable<Run> runs) => File.WriteAllLines(path, runs.Select(Line).Prepend(Heading));

    // No name holds a comma or a quote.
    private static string Line(Run run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Situation},{run.Remedy},{run.Seed},{run.Start.Units},{run.Start.Dead},{run.Start.Near},{Bit(run.Start.Silent)},{run.End.Dead},{run.End.Near},{Bit(run.End.Silent)},{run.RelativeLoss},{Bit(run.Failed)}");

    private static int Bit(bool value) => value ? 1 : 0;
}
