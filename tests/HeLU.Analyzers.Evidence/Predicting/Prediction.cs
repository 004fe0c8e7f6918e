namespace Helu.Analyzers.Evidence.Predicting;

/// <summary>A finding of the analysers on a case.</summary>
/// <param name="Rule">The diagnostic's id.</param>
/// <param name="Line">Where it is reported.</param>
/// <param name="ReluLine">The line of the ReLU that it is about.</param>
/// <param name="Share">The share or probability that the rule predicts, 0 to 1; null for a rule that states none.</param>
/// <param name="Message">What the user reads.</param>
internal sealed record Prediction(string Rule, int Line, int ReluLine, double? Share, string Message);
