using System.Buffers.Binary;
using Tensorboard;

namespace Helu.Monitoring.Tests;

public sealed class ActivationTensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_layer_has_its_scalars_at_the_steps_done()
    {
        using (var board = new ActivationTensorBoard(_folder.File("run")))
        {
            board.Add(Windows.Of(0, ("relu1", 1)));
            board.Add(Windows.Of(1, ("relu1", 4)));
        }

        Assert.Equal(
            [
                ("dead_share/relu1", 10, 0.25f), ("share_within_reach/relu1", 10, 0.25f), ("dynamic_dead_rate/relu1", 10, 0.625f), ("sparsity/relu1", 10, 0.625f), ("mean_activation/relu1", 10, 0.1875f),
                ("dead_share/relu1", 20, 1f), ("share_within_reach/relu1", 20, 0.25f), ("dynamic_dead_rate/relu1", 20, 1f), ("sparsity/relu1", 20, 1f), ("mean_activation/relu1", 20, 0f),
            ],
            Scalars().Select(scalar => (scalar.Tag, scalar.Step, scalar.Value)));
    }

    [Fact]
    public void The_time_of_an_event_is_in_seconds_since_1970()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);
        using (var board = new ActivationTensorBoard(_folder.File("run")))
            board.Add(Windows.Of(0, ("relu1", 1)));

        Assert.All(Scalars(), scalar => Assert.InRange(scalar.WallTime, before.ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
    }

    private List<(string Tag, long Step, float Value, double WallTime)> Scalars()
    {
        List<(string Tag, long Step, float Value, double WallTime)> scalars = [];
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder.File("run"), "events.out.tfevents.*")));
        // A record of the TFRecord format: length (8 bytes), its checksum (4), data, the data's checksum (4).
        while (bytes.Length > 0)
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
            Event read = Event.Parser.ParseFrom(bytes.Slice(12, length).ToArray());
            scalars.AddRange((read.Summary?.Value ?? []).Select(value => (value.Tag, read.Step, value.SimpleValue, read.WallTime)));
            bytes = bytes[(length + 16)..];
        }
        return scalars;
    }
}
