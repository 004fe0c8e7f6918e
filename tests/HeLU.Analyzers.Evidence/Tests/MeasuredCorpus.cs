using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Measuring;
using Helu.Analyzers.Evidence.Report;
using TorchSharp;

namespace Helu.Analyzers.Evidence.Tests;

/// <summary>The whole corpus, measured once for all tests, with few seeds.</summary>
public sealed class MeasuredCorpus
{
    public MeasuredCorpus()
    {
        torch.set_num_threads(1);
        Results = [.. CorpusFiles.Cases.Select(@case => CaseResult.Of(@case, Effort.Small))];
    }

    internal IReadOnlyList<CaseResult> Results { get; }
}
