using System.CommandLine;
using Helu.Benchmarks.Training;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Memory;

/// <summary>What <see cref="MeasuredProcess"/> runs; not for users.</summary>
internal static class StepMemoryCommand
{
    public const string Name = "step-memory";

    public static Command Create()
    {
        var subject = new Argument<string>("model");
        var form = new Argument<TrainingForm>("form");
        var kind = new Argument<MemoryKind>("kind");
        var command = new Command(Name, "Takes the steps that memory measures.") { subject, form, kind };
        command.Hidden = true;
        command.SetAction(arguments => Run(arguments.GetRequiredValue(subject), arguments.GetRequiredValue(form), arguments.GetRequiredValue(kind)));
        return command;
    }

    private static void Run(string name, TrainingForm form, MemoryKind kind)
    {
        set_num_threads(1);
        TrainingSubject subject = TrainingSubject.Measured.Single(s => s.Name == name);
        if (kind == MemoryKind.Live)
            LiveBytes.Report(subject, form);
        else
            ProcessBytes.Report(subject, form);
    }
}
